package net.berth.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import net.berth.engine.status.EventLog;
import net.berth.security.TokenProof;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The token in api-read-token-file sees everything and changes nothing, whether it is sent itself or by a session. */
class ReadTokenTest {
    private final Bench bench = new Bench();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void itReadsWhatTheFullTokenReads() {
        bench.berth.guests.add(Reports.settled());
        List<String> reading = routes("GET ").stream()
                .filter(path -> !path.equals("/v1/events") && !path.equals("/v1/session"))
                .toList();
        assertThat(reading).hasSizeGreaterThan(5).allSatisfy(path -> {
            HttpResponse<String> answer = bench.send(reader(path));
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(bench.get(path).body());
        });
        assertThat(bench.send(reader("/v1/session")).body()).isEqualTo("{\"token\":\"read\",\"expires\":null}");
    }

    @Test
    void whateverWritesIsRefusedAndNeverReachesTheEngine() {
        bench.berth.guests.add(Reports.settled());
        assertThat(orders()).hasSizeGreaterThan(4).allSatisfy(path -> {
            HttpResponse<String> answer = bench.send(post(reader(path)));
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
            assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
            assertThat(answer.headers().firstValue("www-authenticate"))
                    .contains("Bearer realm=\"berth\", error=\"insufficient_scope\"");
            assertThat(answer.body())
                    .contains("\"detail\":\"The token in api-read-token-file may only read; POST " + path
                            + " without dry-run=true needs the token in api-token-file.\"")
                    .doesNotContain(Bench.READ_TOKEN);
        });
        assertThat(bench.berth.asked).as("what reached the engine").isEmpty();
    }

    @Test
    void aDryRunIsARead() {
        bench.berth.guests.add(Reports.settled());
        assertThat(orders()).allSatisfy(path -> assertThat(
                        bench.send(post(reader(path + "?dry-run=true"))).statusCode())
                .as(path)
                .isEqualTo(200));
        assertThat(bench.berth.asked).hasSameSizeAs(orders()).allMatch(asked -> asked.endsWith(" dry"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?dry-run=false",
                "?dry-run=",
                "?dry-run=TRUE",
                "?dry-run=true&dry-run=false",
                "?dry-run=false&dry-run=true",
                "?dry-run=true&dry-run=true",
                "?dryrun=true",
                "?Dry-Run=true",
                "?write-back=true",
                ";dry-run=true",
                "?x=%26dry-run=true"
            })
    void nothingElseCountsAsADryRun(String query) {
        assertThat(bench.send(post(reader("/v1/sync" + query))).statusCode()).isBetween(400, 404);
        assertThat(bench.send(post(reader("/v1/release" + query))).statusCode()).isBetween(400, 404);
        assertThat(bench.berth.asked).isEmpty();
    }

    @Test
    void itsSessionReadsOnlyAndCannotBecomeAFullOne() {
        HttpResponse<String> begun = bench.send(post(reader("/v1/session")));
        assertThat(begun.body()).startsWith("{\"token\":\"read\",\"expires\":\"20");
        String cookie = begun.headers().firstValue("set-cookie").orElse("").replaceFirst(";.*", "");
        assertThat(cookie).contains("=read.");
        assertThat(bench.send(ofPage("/v1/guests", cookie)).statusCode()).isEqualTo(200);
        assertThat(bench.send(post(ofPage("/v1/sync", cookie))).statusCode()).isEqualTo(403);
        assertThat(bench.send(post(ofPage("/v1/sync?dry-run=true", cookie))).statusCode())
                .isEqualTo(200);
        assertThat(bench.send(ofPage("/v1/guests", cookie.replace("=read.", "=full.")))
                        .statusCode())
                .as("a session of the full token, signed with the other one")
                .isEqualTo(401);
    }

    @Test
    void whereNoneIsSetNoTextIsOne() {
        ReceiverSettings usual = Bench.settings();
        ReceiverSettings without = new ReceiverSettings(
                usual.host(),
                0,
                usual.hosts(),
                usual.hookSecrets(),
                usual.apiToken(),
                List.of(),
                usual.cluster(),
                usual.transport());
        String cookie = bench.send(post(reader("/v1/session")))
                .headers()
                .firstValue("set-cookie")
                .orElse("")
                .replaceFirst(";.*", "");
        try (Bench other = new Bench(without)) {
            List<String> texts = List.of("", Bench.READ_TOKEN, "read");
            assertThat(texts).allSatisfy(text -> assertThat(
                            other.send(other.request("/v1/guests").header("Authorization", "Bearer " + text))
                                    .statusCode())
                    .isEqualTo(401));
            String session = "berth-session-" + other.receiver.port() + cookie.replaceFirst("^[^=]*", "");
            assertThat(other.send(other.request("/v1/guests")
                                    .header("Berth-Page", "1")
                                    .header("Cookie", session))
                            .statusCode())
                    .as("a session of the token that is no longer set")
                    .isEqualTo(401);
        }
    }

    /** A monitor that asks for too much is not locked out of what it may read. */
    @Test
    void refusalsDoNotCountAsGuesses() {
        IntStream.range(0, 40).forEach(i -> bench.send(post(reader("/v1/sync"))));
        assertThat(bench.send(post(reader("/v1/sync"))).statusCode()).isEqualTo(403);
    }

    @Test
    void theReceiverProvesThatItKnowsEitherToken() {
        HttpResponse<String> health =
                bench.send(bench.request("/observe/health").header("Berth-Challenge", "c"));
        assertThat(health.headers().allValues("berth-proof"))
                .containsExactly(TokenProof.of(Bench.TOKEN, "c"), TokenProof.of(Bench.READ_TOKEN, "c"));
    }

    private static List<String> orders() {
        return routes("POST ").stream()
                .filter(path -> !path.startsWith("/v1/hooks") && !path.equals("/v1/session"))
                .toList();
    }

    /** Those that the receiver registers, so that a new one is tested, too. */
    private static List<String> routes(String method) {
        return RegisteredRoutes.of(rules -> Receiver.routes(
                        rules,
                        Bench.settings(),
                        new FakeBerth(),
                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                        Clock.systemUTC(),
                        new EventRoutes(new EventLog(Clock.systemUTC()), "home", Clock.systemUTC(), Limits.DEFAULT)))
                .stream()
                .filter(route -> route.startsWith(method + "/v1/"))
                .map(route -> route.substring(method.length()).replace("{vmid}", "101"))
                .toList();
    }

    private HttpRequest.Builder reader(String path) {
        return bench.request(path).header("Authorization", "Bearer " + Bench.READ_TOKEN);
    }

    private HttpRequest.Builder ofPage(String path, String cookie) {
        return bench.request(path).header("Cookie", cookie).header("Berth-Page", "1");
    }

    private static HttpRequest.Builder post(HttpRequest.Builder request) {
        return request.POST(HttpRequest.BodyPublishers.noBody());
    }
}
