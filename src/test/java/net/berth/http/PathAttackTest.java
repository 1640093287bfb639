package net.berth.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks by spelling: no way of writing a path or a request leads past the token, out of the page's files, or to two readings. */
class PathAttackTest {
    private final Bench bench = new Bench();

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/guests",
                "//v1/guests",
                "/v1//guests",
                "/./v1/guests",
                "/observe/../v1/guests",
                "/observe/health/../../v1/guests",
                "/observe/%2e%2e/v1/guests",
                "/observe/..%2fv1/guests",
                "/page.css/..%2f..%2fv1%2fguests",
                "/v1%2fguests",
                "/v1/%67uests",
                "/%76%31/guests",
                "/v1/guests;a=b",
                "/v1;a=b/guests",
                "/v1/guests/",
                "/v1/guests%00",
                "/v1/guests%00.css",
                "/v1/hooks/../guests",
                "/v1/hooks/..%2fguests",
                "/V1/guests",
                "/v1\\guests",
                "/\\v1/guests",
                "http://127.0.0.1/v1/guests",
                "http://elsewhere/v1/guests",
                "http://user:pw@elsewhere/v1/guests",
                "https://elsewhere:443//v1/guests?x",
                "/v1/guests#/observe/health",
                "/v1/guests?/observe/health",
                "*",
                "elsewhere:443",
                "/%c0%ae%c0%ae/v1/guests",
                "/v1/guests%20",
                "/v1/sync?dry-run=true",
            })
    void noSpellingOfAPathLeadsPastTheToken(String path) {
        for (String method : List.of("GET", "POST", "HEAD", "PUT")) {
            String answer =
                    bench.raw(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(answer).as(method).matches("(?s)(\\[reset]|HTTP/1\\.1 (400|401|404|405|429) .*)?");
        }
        assertThat(bench.berth.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../logback.xml",
                "/..%2flogback.xml",
                "/%2e%2e/logback.xml",
                "/%2e%2e%2flogback.xml",
                "/..%5clogback.xml",
                "/page/../../logback.xml",
                "//logback.xml",
                "/logback.xml",
                "/net/berth/Main.class",
                "/../../../../../../etc/passwd",
                "/..%2f..%2f..%2f..%2fetc%2fpasswd",
                "//etc/passwd",
                "/file:/etc/passwd",
                "/index.html%00.css",
                "/page.css%00",
                "/META-INF/MANIFEST.MF",
            })
    void thePageGivesAwayItsOwnFilesOnly(String path) {
        String answer = bench.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .matches("(?s)(\\[reset]|HTTP/1\\.1 (400|404) .*)?")
                .doesNotContain("root:", "<appender", "CAFEBABE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 0\r\nContent-Length: 44\r\n\r\n",
                "Content-Length: 0, 44\r\n\r\n",
                "Content-Length: +0\r\n\r\n",
                "Transfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
            })
    void aRequestOfTwoReadingsIsNotReadTwice(String smuggling) {
        String hidden = "GET /observe/health HTTP/1.1\r\nHost: smuggled\r\nConnection: close\r\n\r\n";
        String answer = bench.raw("POST /v1/sync HTTP/1.1\r\nHost: localhost\r\n" + smuggling + hidden);
        assertThat(answer.split("HTTP/1\\.1 200", -1)).as(answer).hasSize(1);
        assertThat(bench.berth.asked).isEmpty();
    }

    @Test
    void noPathReachesTheAnswersHeaders() {
        String answer = bench.raw(
                "GET /nowhere%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 404 ");
        assertThat(answer.lines()).noneMatch(line -> line.startsWith("Set-Cookie"));
    }

    @Test
    void thePageTakesNoForeignScriptAndNoFrame() {
        assertThat(bench.raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .contains("require-trusted-types-for 'script'")
                .doesNotContain("unsafe-inline", "unsafe-eval");
    }

    @Test
    void theTokenIsTakenFromTheHeaderOnly() {
        String query = "GET /v1/guests?access_token=" + Bench.TOKEN + "&token=" + Bench.TOKEN
                + " HTTP/1.1\r\nHost: localhost\r\nCookie: token=" + Bench.TOKEN + "\r\nConnection: close\r\n\r\n";
        String twice =
                "GET /v1/guests HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer wrong\r\nAuthorization: Bearer "
                        + Bench.TOKEN + "\r\nConnection: close\r\n\r\n";
        assertThat(bench.raw(query)).startsWith("HTTP/1.1 401 ").doesNotContain(Bench.TOKEN);
        assertThat(bench.raw(twice)).startsWith("HTTP/1.1 401 ").doesNotContain(Bench.TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"e:%67", "mailto:a@b", "urn:x"})
    void aTargetWithoutAPathIsABadRequest(String target) {
        assertThat(bench.raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }
}
