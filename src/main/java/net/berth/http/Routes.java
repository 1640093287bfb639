package net.berth.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import java.util.Map;
import java.util.stream.Collectors;
import net.berth.http.json.Json;
import net.berth.http.json.Problem;

/** Registers a route, and the answer 405 for other methods, for which Helidon would answer 404. */
final class Routes {
    private Routes() {}

    static void only(HttpRules rules, Method method, String path, Handler handler) {
        only(rules, path, Map.of(method, handler));
    }

    static void only(HttpRules rules, String path, Map<Method, Handler> handlers) {
        handlers.forEach((method, handler) -> rules.route(method, path, handler));
        String allowed = handlers.keySet().stream().map(Method::text).sorted().collect(Collectors.joining(", "));
        rules.any(path, (request, response) -> {
            Problem problem = Problem.of(
                    Status.METHOD_NOT_ALLOWED_405,
                    request.prologue().method().text() + " is not allowed here; allowed: " + allowed + ".");
            Json.problem(response, problem.header(HeaderNames.ALLOW.defaultCase(), allowed));
        });
    }
}
