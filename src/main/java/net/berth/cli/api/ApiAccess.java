package net.berth.cli.api;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.berth.security.TlsTrust;

/**
 * Where the API is, and what opens it.
 *
 * @param base such as {@code http://127.0.0.1:8480}
 * @param token the bearer token
 * @param certificates PEM files, of which the receiver must show the first certificate; empty for plain HTTP
 */
public record ApiAccess(URI base, String token, List<Path> certificates) {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** Copies the list. */
    public ApiAccess {
        certificates = List.copyOf(certificates);
    }

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

    /** Without the token. */
    @Override
    public String toString() {
        return "ApiAccess[" + base + "]";
    }
}
