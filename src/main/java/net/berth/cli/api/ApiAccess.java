package net.berth.cli.api;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the API is, and what opens it.
 *
 * @param base such as {@code http://127.0.0.1:8480}
 * @param token the bearer token
 * @param certificates PEM files, of which the receiver must show the first certificate; empty for plain HTTP
 */
public record ApiAccess(URI base, String token, List<Path> certificates) {

    /** Copies the list. */
    public ApiAccess {
        certificates = List.copyOf(certificates);
    }

    /** Plain HTTP at what the receiver binds. */
    public static ApiAccess http(String host, int port, String token) {
        return new ApiAccess(base("http", host, port), token, List.of());
    }

    /** HTTPS at what the receiver binds, with exactly the certificate that it was given. */
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

    /** Without the token. */
    @Override
    public String toString() {
        return "ApiAccess[" + base + "]";
    }
}
