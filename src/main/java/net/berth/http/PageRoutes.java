package net.berth.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The page and the API's description: files from the class path. They need no token. */
final class PageRoutes implements HttpService {
    /** Nothing from other hosts, nothing inline, no frames, no text as markup. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private static final List<String> FILES = List.of(
            "page.css",
            "tables.css",
            "icon.svg",
            "main.js",
            "api.js",
            "session.js",
            "route.js",
            "dom.js",
            "list.js",
            "systems.js",
            "guests.js",
            "guest.js",
            "conflicts.js",
            "networks.js",
            "leases.js",
            "stream.js",
            "events.js",
            "sync.js");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "yaml", "application/yaml; charset=utf-8");

    @Override
    public void routing(HttpRules rules) {
        file(rules, "/", "index.html");
        file(rules, "/openapi.yaml", "openapi.yaml");
        for (String name : FILES) {
            file(rules, "/page/" + name, name);
        }
    }

    private static void file(HttpRules rules, String path, String name) {
        byte[] bytes = bytes(name);
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        Routes.only(rules, Method.GET, path, (request, response) -> send(response, type, bytes));
    }

    private static void send(ServerResponse response, String type, byte[] bytes) {
        response.status(Status.OK_200)
                .header(HeaderNames.CONTENT_TYPE, type)
                // After an upgrade the page must match the API, so browsers revalidate it every time. It is small.
                .header(HeaderNames.CACHE_CONTROL, "no-cache")
                .header(HeaderNames.create("Content-Security-Policy"), POLICY)
                .header(HeaderNames.create("X-Content-Type-Options"), "nosniff")
                .header(HeaderNames.create("Referrer-Policy"), "no-referrer")
                .header(HeaderNames.create("Cross-Origin-Opener-Policy"), "same-origin")
                .header(HeaderNames.create("Cross-Origin-Resource-Policy"), "same-origin")
                .send(bytes);
    }

    private static byte[] bytes(String name) {
        try (InputStream file = PageRoutes.class.getResourceAsStream("/page/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the program lacks its file page/" + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
