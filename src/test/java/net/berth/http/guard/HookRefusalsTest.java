package net.berth.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.berth.http.Bench;
import net.berth.http.HookCall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class HookRefusalsTest {
    private static final String NOW = "1795168800";
    private final Bench bench = new Bench();

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void aHookWithoutOneOfItsHeadersIsRefused(String header) {
        refused(HookCall.phase("pre-start").header(header, ""), "unsigned");
    }

    @ParameterizedTest
    @ValueSource(strings = {"now", "-1", "1795168800.5", "99999999999999999999"})
    void aTimestampThatIsNoNumberOfSecondsIsRefused(String timestamp) {
        refused(HookCall.phase("pre-start").timestamp(timestamp), "unsigned");
    }

    @Test
    void aBodyOtherThanTheSignedOneIsRefused() {
        HookCall call = HookCall.phase("pre-start");
        refused(call.forged(call.signed().replace("101", "102")), "signature");
    }

    @Test
    void anUnknownSecretIsRefused() {
        refused(HookCall.phase("pre-start").secret("another secret of a length that fits"), "signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1,", "v1", "v1a,AAAA", "AAAA", "v1,not base64 at all", "v2,AAAA"})
    void aSignatureOfAnotherFormIsRefused(String signature) {
        refused(HookCall.phase("pre-start").header("webhook-signature", signature), "signature");
    }

    @Test
    void anOldHookIsRefused() {
        bench.clock.advance(Duration.ofSeconds(301));
        refused(HookCall.phase("pre-start"), "stale");
    }

    @Test
    void aHookFromTheFutureIsRefused() {
        bench.clock.advance(Duration.ofSeconds(-301));
        refused(HookCall.phase("pre-start"), "stale");
    }

    @Test
    void aHookAtTheEdgeOfTheToleranceIsTaken() {
        bench.clock.advance(Duration.ofMinutes(5));
        assertThat(bench.hook(HookCall.phase("pre-start")).statusCode()).isEqualTo(202);
    }

    @Test
    void aHookThatWasHeardBeforeIsRefused() {
        HookCall call = HookCall.phase("pre-start");
        assertThat(bench.hook(call).statusCode()).isEqualTo(202);
        bench.berth.asked.clear();
        refused(call, "replayed");
        bench.clock.advance(Duration.ofMinutes(5));
        refused(call, "replayed");
    }

    @Test
    void aHookOfAClockAheadIsRememberedAsLongAsItIsFresh() {
        bench.clock.advance(Duration.ofMinutes(-5));
        HookCall call = HookCall.phase("pre-start");
        assertThat(bench.hook(call).statusCode()).isEqualTo(202);
        bench.berth.asked.clear();
        bench.clock.advance(Duration.ofMinutes(10));
        refused(call, "replayed");
    }

    @Test
    void anUnsignedRequestDoesNotUseUpAnId() {
        HookCall call = HookCall.phase("pre-start");
        refused(call.secret("another secret of a length that fits"), "signature");
        assertThat(bench.hook(call).statusCode()).isEqualTo(202);
    }

    @Test
    void eitherSecretIsGoodWhileRotating() {
        assertThat(bench.hook(HookCall.phase("pre-start").secret(Bench.OLD_SECRET))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void oneGoodSignatureAmongSeveralIsEnough() {
        HookCall call = HookCall.phase("pre-start");
        String several = "v1a,AAAA "
                + call.secret("another secret of a length that fits").signature() + " " + call.signature();
        assertThat(bench.hook(call.header("webhook-signature", several)).statusCode())
                .isEqualTo(202);
    }

    @Test
    void aKnownSignatureIsUnderstood() {
        // Made with: printf '%s' "msg_1.1795168800.{}" | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
        // -binary | base64
        HookCall call = HookCall.body("{}").id("msg_1").timestamp(NOW).secret(Bench.SECRET);
        HookCall fixed = call.header("webhook-signature", "v1,PCWHBsCdOkTI5DYmCN+3lwPEyuyTRmJEd4/KZj0qjZ4=");
        assertThat(bench.hook(fixed).statusCode())
                .as("signed, but the body is no event")
                .isEqualTo(400);
    }

    @Test
    void theSignatureIsOverTheRawBytes() {
        HookCall call = HookCall.phase("pre-start");
        HookCall spaced = HookCall.body(" " + call.signed() + "\r\n");
        assertThat(bench.hook(spaced).statusCode()).isEqualTo(202);
        refusedOnly(spaced.forged(spaced.signed().strip()).id("msg_other"));
    }

    @Test
    void anOversizedBodyIsNotReadToItsEnd() {
        String large = "x".repeat(16 * 1024 + 1);
        HttpResponse<String> answer = bench.hook(HookCall.body(large));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(answer.body()).contains("16384 bytes");
        assertThat(bench.berth.asked).isEmpty();
    }

    @Test
    void whoStillSendsARefusedBodyIsNotCutOffFromTheAnswer() throws IOException {
        try (Socket socket = bench.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /v1/hooks/guest HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 413 ");
            for (int sent = 0; sent < 20_000; sent += 100) {
                out.write(new byte[100]);
            }
        }
    }

    /** Helidon would gather them in memory, whatever is announced. */
    @ParameterizedTest
    @ValueSource(strings = {"5\r\nhello\r\n0\r\n\r\n", "7fffffff\r\nx", "1111111111111111", ""})
    void aBodyInChunksIsRefusedBeforeItComes(String chunks) {
        assertThat(bench.raw("POST /v1/hooks/guest HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunks))
                .startsWith("HTTP/1.1 411 ")
                .containsOnlyOnce("HTTP/1.1")
                .contains("Content-Length");
        assertThat(bench.berth.asked).isEmpty();
    }

    @Test
    void anIdOfControlCharactersOrEndlessLengthIsRefused() {
        refused(HookCall.phase("pre-start").id("x".repeat(257)), "unsigned");
    }

    @Test
    void refusalsAreCountedNotForgotten() {
        bench.hook(HookCall.phase("pre-start").secret("wrong"));
        assertThat(bench.send(bench.request("/observe/metrics")).body())
                .contains("route=\"/v1/hooks/guest\",status=\"401\"");
    }

    @Test
    void aRefusalIsLoggedOnceNotForEachTry() {
        Logger logger = (Logger) LoggerFactory.getLogger(Refusals.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            refused(HookCall.phase("pre-start").secret("another secret of a length that fits"), "signature");
            refused(HookCall.phase("pre-start").secret("another secret of a length that fits"), "signature");
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .startsWith("hook from 127.0.0.1 refused: No signature");
    }

    private void refused(HookCall call, String why) {
        HttpResponse<String> answer = bench.hook(call);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("www-authenticate")).isPresent();
        assertThat(answer.body()).contains("\"type\":\"urn:berth:problem:" + why + "\"");
        assertThat(bench.berth.asked).isEmpty();
    }

    private void refusedOnly(HookCall call) {
        assertThat(bench.hook(call).statusCode()).isEqualTo(401);
    }
}
