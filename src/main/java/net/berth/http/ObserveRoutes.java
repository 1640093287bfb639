package net.berth.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import net.berth.engine.Berth;
import net.berth.engine.report.Health;
import net.berth.http.guard.BearerToken;
import net.berth.http.json.HealthJson;
import net.berth.http.json.Json;

/**
 * {@code /observe/health} and {@code /observe/metrics}, for monitoring. Neither needs a token; with it, health shows the
 * full texts of problems, which may hold names of hosts and users.
 */
final class ObserveRoutes implements HttpService {
    private final Berth berth;
    private final PrometheusMeterRegistry meters;
    private final BearerToken token;

    ObserveRoutes(Berth berth, PrometheusMeterRegistry meters, BearerToken token) {
        this.berth = berth;
        this.meters = meters;
        this.token = token;
    }

    @Override
    public void routing(HttpRules rules) {
        Routes.only(rules, Method.GET, "/health", (request, response) -> {
            token.prove(request, response);
            Health health = berth.health();
            // A monitor that only reads the status must see a peer's outage; any answer at all shows that Berth lives.
            Status status = health.up() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503;
            HealthJson json = new HealthJson(token.rights(request).isPresent());
            Json.send(response, status, "application/json", json.of(health));
        });
        Routes.only(rules, Method.GET, "/metrics", (request, response) -> response.header(
                        HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                .send(meters.scrape().getBytes(StandardCharsets.UTF_8)));
    }
}
