package net.berth.http;

import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Asks services which routes they register, without a server. */
final class RegisteredRoutes {
    private final Set<String> routes = new TreeSet<>();

    private RegisteredRoutes() {}

    /** All routes, such as {@code GET /v1/guests}. */
    static Set<String> of(Consumer<HttpRules> registering) {
        RegisteredRoutes all = new RegisteredRoutes();
        registering.accept(all.rules(""));
        return all.routes;
    }

    private HttpRules rules(String prefix) {
        return (HttpRules) Proxy.newProxyInstance(
                HttpRules.class.getClassLoader(), new Class<?>[] {HttpRules.class}, (self, method, given) -> {
                    String name = method.getName();
                    if (name.equals("register") && given[0] instanceof String path) {
                        Arrays.stream((HttpService[]) given[1])
                                .forEach(service -> service.routing(rules(path.equals("/") ? "" : path)));
                    } else if (name.equals("route") && given[0] instanceof Method verb && given.length == 3) {
                        routes.add(verb.text() + " " + prefix + given[1]);
                    } else if (!name.equals("any")) {
                        throw new AssertionError("a route registered in another way: " + method);
                    }
                    return self;
                });
    }
}
