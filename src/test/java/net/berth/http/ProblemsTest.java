package net.berth.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemsTest {
    private final Bench bench = new Bench();

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void everyErrorIsAProblemDocument(String request, int status) throws Exception {
        String answer = bench.raw(request);
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").containsOnlyOnce("HTTP/1.1");
        assertThat(answer).containsIgnoringCase("content-type: application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n")));
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("type").asText()).isNotEmpty();
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty().doesNotContain("Exception", "helidon");
    }

    static Stream<Arguments> broken() {
        String host = "Host: localhost\r\n";
        String end = host + "Connection: close\r\n\r\n";
        return Stream.of(
                Arguments.of("GET /nowhere HTTP/1.1\r\n" + end, 404),
                Arguments.of("GET /observe/nothing HTTP/1.1\r\n" + end, 404),
                Arguments.of("DELETE /observe/health HTTP/1.1\r\n" + end, 405),
                Arguments.of("GET /v1/hooks/guest HTTP/1.1\r\n" + end, 405),
                Arguments.of("BREW /observe/health HTTP/1.1\r\n" + end, 405),
                Arguments.of("GET /v1/guests HTTP/1.1\r\n" + end, 401),
                Arguments.of("POST /v1/hooks/guest HTTP/1.1\r\n" + end, 401),
                Arguments.of("GET /observe/health?x=%zz HTTP/1.1\r\n" + end, 400),
                Arguments.of("GET /observe/health HTTP/1.1\r\n\r\n", 400),
                Arguments.of("GET /observe/health HTTP/1.1\r\nX Y: z\r\n" + end, 400),
                Arguments.of("GET /observe/health HTTP/1.1\r\nX: " + "a".repeat(9000) + "\r\n" + end, 400),
                Arguments.of("GET /" + "a".repeat(5000) + " HTTP/1.1\r\n" + end, 414),
                Arguments.of("POST /v1/hooks/guest HTTP/1.1\r\nContent-Length: x\r\n" + end, 400),
                Arguments.of("POST /v1/hooks/guest HTTP/1.1\r\nContent-Length: 16385\r\n" + end, 413),
                Arguments.of(
                        "POST /v1/hooks/guest HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n" + end + "x",
                        400),
                Arguments.of("POST /v1/hooks/guest HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + end + "zz\r\n", 411));
    }

    /** On a connection that began as HTTP/1.1; one that begins as another version is closed. */
    @Test
    void anotherVersionOfHttpIsToldTheRightOne() {
        String first = "GET /observe/health HTTP/1.1\r\nHost: localhost\r\n\r\n";

        String answers = bench.raw(first + "GET /observe/health HTTP/1.0\r\n\r\n");

        assertThat(answers)
                .startsWith("HTTP/1.1 200 ")
                .contains("HTTP/1.1 505 ", "The receiver supports only HTTP/1.1.");
    }

    @Test
    void aWrongMethodIsToldTheRightOne() {
        HttpResponse<String> answer = bench.post("/v1/plan");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("GET");
        assertThat(answer.body()).contains("POST is not allowed here; allowed: GET.");
    }
}
