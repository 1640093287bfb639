package net.berth.cli.api;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.berth.security.TlsTrust;
import net.berth.security.TokenProof;

/**
 * Where the API is, and what opens it.
 *
 * @param base such as {@code http://127.0.0.1:8480}
 * @param certificates PEM files, of which the receiver must show the first certificate; empty for plain HTTP
 */
public record ApiAccess(URI base, String token, List<Path> certificates) {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration PROOF = Duration.ofSeconds(10);

    /** Plain HTTP at the address that the receiver binds. */
    public static ApiAccess http(String host, int port, String token) {
        return new ApiAccess(base("http", host, port), token, List.of());
    }

    /** HTTPS at the address that the receiver binds, with exactly its certificate. */
    public static ApiAccess https(String host, int port, String token, Path certificate) {
        return new ApiAccess(base("https", host, port), token, List.of(certificate));
    }

    /** A receiver that listens everywhere is asked on the loopback address. */
    private static URI base(String scheme, String host, int port) {
        String reachable =
                switch (host) {
                    case "0.0.0.0" -> "127.0.0.1";
                    case "::", "::0" -> "[::1]";
                    default -> host.contains(":") ? "[" + host + "]" : host;
                };
        return URI.create(scheme + "://" + reachable + ":" + port);
    }

    /** A new client for this receiver, HTTP/1.1. */
    HttpClient client() {
        HttpClient.Builder client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        certificates.stream().findFirst().map(TlsTrust::receiver).ifPresent(client::sslContext);
        return client.build();
    }

    /**
     * A request with the token, once the program that listens has proved that it knows it. Over HTTPS its certificate has
     * proved that.
     *
     * @throws CliException when it has not
     */
    HttpRequest.Builder request(HttpClient client, String path)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (certificates.isEmpty()) {
            requireProof(client);
        }
        return HttpRequest.newBuilder(base.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private void requireProof(HttpClient client) throws InterruptedException, ExecutionException, TimeoutException {
        String challenge = UUID.randomUUID().toString();
        HttpRequest asking = HttpRequest.newBuilder(base.resolve("/observe/health"))
                .header(TokenProof.CHALLENGE, challenge)
                .build();
        HttpHeaders answer = client.sendAsync(asking, HttpResponse.BodyHandlers.discarding())
                .get(PROOF.toSeconds(), TimeUnit.SECONDS)
                .headers();
        // One for each token of the receiver.
        if (!answer.allValues(TokenProof.PROOF).contains(TokenProof.of(token, challenge))) {
            throw new CliException(
                    "what listens at " + base + " does not know the token of these settings, so the token was"
                            + " not sent: it is another program, or a receiver with other settings or of an earlier version"
                            + " (restart it), or one on another machine (use HTTPS)");
        }
    }

    @Override
    public String toString() {
        return "ApiAccess[" + base + "]";
    }
}
