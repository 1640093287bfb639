package net.berth.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.berth.fuzz.Fuzz;
import net.berth.http.guard.HookSignature;
import net.berth.http.json.Problem;
import net.berth.security.Secret;
import org.junit.jupiter.api.Test;

/** Any bytes at the receiver's door: an answer that is documented or a closed connection, and never the engine's harm. */
class HttpFuzzTest {
    private static final Set<Integer> DOCUMENTED =
            Set.of(100, 200, 202, 204, 400, 401, 404, 405, 411, 413, 414, 421, 429, 501, 503, 505);
    /** No answer tells what the receiver is made of. */
    private static final List<String> INNER_WORDS = List.of("Exception", "java.", "helidon");

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void hookBodies() {
        Fuzz.of("http-hook-body", 10_000).knows(Problem.class).run(input -> {
            try {
                return HookBody.parse(input);
            } catch (Problem e) {
                assertThat(e.status().code()).isEqualTo(400);
                assertThat(e.detail()).hasSizeLessThan(300).doesNotContain("\n", "\r", "Exception");
                throw e;
            }
        });
    }

    @Test
    void webhookHeaders() {
        Clock clock = Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);
        byte[] secret = Bench.SECRET.getBytes(StandardCharsets.US_ASCII);
        byte[] body = HookCall.phase("pre-start").sent().getBytes(StandardCharsets.UTF_8);
        Fuzz.of("http-webhook-headers", 5_000).knows(Problem.class).run(input -> {
            Headers headers = headers(input);
            try {
                new HookSignature(List.of(Secret.of(secret)), clock).check(headers, body);
                return "passed";
            } catch (Problem e) {
                assertThat(e.status().code()).isEqualTo(401);
                assertThat(e.detail()).hasSizeLessThan(300).matches("[ -~]+");
                throw e;
            }
        });
    }

    /** One header a line; names, and 8 KiB, are what the server lets through. */
    private static Headers headers(byte[] input) {
        WritableHeaders<?> headers = WritableHeaders.create();
        byte[] let = Arrays.copyOf(input, Math.min(input.length, 8 * 1024));
        for (String line : new String(let, StandardCharsets.UTF_8).split("\n", -1)) {
            String[] parts = line.split(": ", 2);
            if (parts.length == 2 && parts[0].matches("[A-Za-z0-9-]+")) {
                headers.add(HeaderNames.create(parts[0]), parts[1]);
            }
        }
        return headers;
    }

    @Test
    void preferences() {
        Fuzz.of("http-prefer", 10_000).run(input -> {
            var wait = HookRoutes.asked(List.of(new String(input, StandardCharsets.UTF_8)));
            assertThat(wait.orElse(HookRoutes.LONGEST_WAIT))
                    .isBetween(java.time.Duration.ZERO, HookRoutes.LONGEST_WAIT);
            return wait;
        });
    }

    @Test
    void wholeRequests() {
        try (Bench bench = new Bench(Bench.tight(8))) {
            bench.berth.guests.add(Reports.settled());
            Fuzz.of("http-request", 1_500).run(input -> {
                String answer = answer(bench, input);
                check(answer, new String(input, StandardCharsets.ISO_8859_1));
                return answer.substring(0, Math.min(12, answer.length()));
            });
            assertThat(bench.send(bench.request("/observe/health")).statusCode())
                    .isEqualTo(200);
        }
    }

    private static String answer(Bench bench, byte[] input) throws IOException {
        try (Socket socket = bench.connect()) {
            try {
                socket.getOutputStream().write(input);
                socket.shutdownOutput();
            } catch (IOException closed) {
                // It may have answered and closed before all was sent.
                return "";
            }
            return Bench.readToEnd(socket);
        }
    }

    /** Several requests may stand in one input: each answer is looked at. What the caller wrote may be said back to it. */
    private static void check(String answers, String input) throws IOException {
        if (answers.isEmpty() || answers.equals("[reset]")) {
            return;
        }
        assertThat(answers).startsWith("HTTP/1.1 ");
        INNER_WORDS.stream().filter(word -> !input.contains(word)).forEach(word -> assertThat(answers)
                .doesNotContain(word));
        for (String answer : Arrays.asList(answers.split("(?=HTTP/1\\.1 )", -1))) {
            int status = Integer.parseInt(answer.substring(9, 12));
            assertThat(DOCUMENTED).as(answer).contains(status);
            int body = answer.indexOf("\r\n\r\n") + 4;
            boolean whole = body > 3 && body < answer.length() && !answer.endsWith("[reset]");
            if (status >= 400 && whole) {
                assertThat(answer).containsIgnoringCase("application/problem+json");
                assertThat(JSON.readTree(answer.substring(body)).path("status").asInt())
                        .isEqualTo(status);
            }
        }
    }
}
