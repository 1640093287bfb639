package net.berth.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import net.berth.security.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser shows the token once; its cookie cannot be used by scripts, by other pages, or after the token has changed. */
class SessionTest {
    private final Bench bench = new Bench();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void theCookieIsForTheBrowserAloneAndForThisReceiver() {
        String cookie = setCookie(bench.post("/v1/session"));
        assertThat(cookie)
                .matches(
                        "berth-session-" + bench.receiver.port()
                                + "=full\\.[0-9]+\\.[0-9a-f]{32}\\.[0-9a-f]{64}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict")
                .doesNotContain(Bench.TOKEN);
        assertThat(setCookie(bench.post("/v1/session"))).as("each has its own").isNotEqualTo(cookie);
    }

    @Test
    void thePageReadsAndChangesWithTheCookieInsteadOfTheToken() {
        String cookie = signedIn();
        assertThat(bench.send(ofPage("/v1/guests", cookie)).statusCode()).isEqualTo(200);
        assertThat(bench.send(post(ofPage("/v1/sync?dry-run=true", cookie))).statusCode())
                .isEqualTo(200);
        assertThat(bench.send(ofPage("/v1/session", cookie)).body())
                .matches("\\{\"token\":\"full\",\"expires\":\"[0-9TZ:-]+\"}");
        assertThat(bench.get("/v1/session").body()).isEqualTo("{\"token\":\"full\",\"expires\":null}");
    }

    /** A browser sends the cookie also for a page on another port of this host, and for a form it submits. */
    @Test
    void anotherPageCanNeitherReadNorChangeAnything() {
        String cookie = signedIn();
        bench.berth.asked.clear();
        List<HttpRequest.Builder> foreign = List.of(
                post(bench.request("/v1/sync").header("Cookie", cookie)),
                bench.request("/v1/guests?fresh=true").header("Cookie", cookie),
                post(ofPage("/v1/sync", cookie).header("Sec-Fetch-Site", "same-site")),
                post(ofPage("/v1/sync", cookie).header("Sec-Fetch-Site", "cross-site")));
        assertThat(bench.send(bench.request("/observe/health").header("Cookie", cookie))
                        .statusCode())
                .as("health, in the address bar of a browser with a session")
                .isEqualTo(200);
        assertThat(foreign).allSatisfy(request -> {
            HttpResponse<String> answer = bench.send(request);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("Authorization: Bearer TOKEN is missing");
        });
        HttpResponse<String> asksFirst = bench.send(bench.request("/v1/sync")
                .header("Origin", "http://127.0.0.1:3000")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "berth-page")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(asksFirst.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
        assertThat(bench.berth.asked).as("what reached the engine").isEmpty();
        assertThat(bench.send(post(ofPage("/v1/sync", cookie).header("Sec-Fetch-Site", "same-origin")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void signingOutDeletesTheCookie() {
        HttpResponse<String> answer =
                bench.send(bench.request("/v1/session").DELETE().header("Cookie", signedIn()));
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(setCookie(answer))
                .isEqualTo(
                        "berth-session-" + bench.receiver.port() + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    }

    @Test
    void aSessionEndsAfterAMonthAndCannotProlongItself() {
        String cookie = signedIn();
        assertThat(bench.send(post(ofPage("/v1/session", cookie))).statusCode()).isEqualTo(401);
        bench.clock.advance(Duration.ofDays(30).minusSeconds(1));
        assertThat(bench.send(ofPage("/v1/guests", cookie)).statusCode()).isEqualTo(200);
        bench.clock.advance(Duration.ofSeconds(1));
        assertThat(bench.send(ofPage("/v1/guests", cookie)).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "full.99999999999.00000000000000000000000000000000.00", "=;;=", "full"})
    void noOtherCookieIsASession(String value) {
        String name = "berth-session-" + bench.receiver.port() + "=";
        assertThat(bench.send(ofPage("/v1/guests", name + value)).statusCode()).isEqualTo(401);
        assertThat(bench.send(ofPage("/v1/guests", later(signedIn()))).statusCode())
                .as("with a later end")
                .isEqualTo(401);
    }

    private static String later(String cookie) {
        return cookie.replaceFirst("=full\\.[0-9]+", "=full.99999999999");
    }

    @Test
    void aWrongTokenIsRefusedEvenWithAGoodCookie() {
        HttpRequest.Builder both = ofPage("/v1/guests", signedIn()).header("Authorization", "Bearer wrong");
        assertThat(bench.send(both).statusCode()).isEqualTo(401);
    }

    @Test
    void anotherTokenEndsAllSessionsAndARestartNone() {
        String value = signedIn().replaceFirst("^[^=]*", "");
        assertThat(answerOf(Bench.TOKEN, value)).isEqualTo(200);
        assertThat(answerOf("another-horse-battery", value)).isEqualTo(401);
    }

    private int answerOf(String token, String value) {
        try (Bench other = new Bench(withToken(token, new ReceiverSettings.Transport.Plain()))) {
            return other.send(other.request("/v1/guests")
                            .header("Berth-Page", "1")
                            .header("Cookie", "berth-session-" + other.receiver.port() + value))
                    .statusCode();
        }
    }

    private static ReceiverSettings withToken(String token, ReceiverSettings.Transport transport) {
        ReceiverSettings usual = Bench.settings();
        return new ReceiverSettings(
                usual.host(),
                usual.port(),
                usual.hosts(),
                usual.hookSecrets(),
                Secret.of(token),
                usual.readTokens(),
                usual.cluster(),
                transport);
    }

    private String signedIn() {
        return setCookie(bench.post("/v1/session")).replaceFirst(";.*", "");
    }

    private static String setCookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("set-cookie").orElse("");
    }

    private HttpRequest.Builder ofPage(String path, String cookie) {
        return bench.request(path).header("Cookie", cookie).header("Berth-Page", "1");
    }

    private static HttpRequest.Builder post(HttpRequest.Builder request) {
        return request.POST(HttpRequest.BodyPublishers.noBody());
    }
}
