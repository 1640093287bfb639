package net.berth.nipap.xmlrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import net.berth.lab.nipap.LabNipap;
import net.berth.nipap.NipapSettings;
import net.berth.nipap.xmlrpc.NipapException.Garbled;
import net.berth.nipap.xmlrpc.NipapException.Unanswered;
import net.berth.nipap.xmlrpc.NipapException.Unanswered.How;
import net.berth.security.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server can do with the connection. Each case must end in one typed exception, soon. */
@Tag("alone")
@Timeout(20)
class HostileTransportTest {
    private static final Duration DEADLINE = Duration.ofMillis(700);
    private static final int LIMIT = 200_000;
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n";

    private static Throwable failure(CannedServer server) {
        try (NipapRpc rpc = new NipapRpc(Settings.within(server.url(), DEADLINE, LIMIT))) {
            return catchThrowable(() -> rpc.call("add_prefix", Map.of()));
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Test
    void anEndlessBodyEndsAtTheByteLimit() {
        try (CannedServer server = CannedServer.playing(out -> {
            write(out, HEAD + "Transfer-Encoding: chunked\r\n\r\n14\r\n<methodResponse><!--\r\n");
            while (true) {
                write(out, "400\r\n" + "x".repeat(0x400) + "\r\n");
            }
        })) {
            assertThat(failure(server)).isInstanceOf(Garbled.class).hasMessageContaining("longer than " + LIMIT);
        }
    }

    @Test
    void aDrippingBodyEndsAtTheDeadline() {
        CountDownLatch drip = new CountDownLatch(1);
        try (CannedServer server = CannedServer.playing(out -> {
            write(out, HEAD + "Content-Length: 100000\r\n\r\n<methodResponse>");
            for (int i = 0; i < 400; i++) {
                write(out, " ");
                pause(drip, Duration.ofMillis(20));
            }
        })) {
            long start = System.nanoTime();
            Unanswered failure = (Unanswered) failure(server);
            assertThat(failure.how()).isEqualTo(How.LATE);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE.multipliedBy(4));
        }
    }

    @Test
    void aListOfAllRowsHasMoreTimeThanASmallCallAndEndsToo() {
        CountDownLatch never = new CountDownLatch(1);
        Duration instant = Duration.ofMillis(200);
        try (CannedServer server = CannedServer.playing(out -> pause(never, Duration.ofSeconds(10)));
                NipapRpc rpc = new NipapRpc(Settings.within(server.url(), instant, LIMIT))) {
            assertThatThrownBy(() -> rpc.callEach("search_prefix", Map.of(), 6, Optional::of))
                    .isInstanceOf(Unanswered.class)
                    .hasMessageContaining("within PT1.2S");
        }
    }

    @Test
    void aSilentServerEndsAtTheDeadline() {
        CountDownLatch never = new CountDownLatch(1);
        try (CannedServer server = CannedServer.playing(out -> pause(never, Duration.ofSeconds(5)))) {
            Unanswered failure = (Unanswered) failure(server);
            assertThat(failure.how()).isEqualTo(How.LATE);
            assertThat(failure.mayHaveHappened()).isTrue();
        }
    }

    @Test
    void aGzipBombEndsAtTheByteLimit() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            write(gzip, "<?xml version='1.0'?><methodResponse><params><param><value><string>");
            byte[] filling = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 100; i++) {
                gzip.write(filling);
            }
        }
        assertThat(bomb.size()).isLessThan(LIMIT);
        try (CannedServer server = CannedServer.playing(
                out -> out.write(CannedServer.ok("Content-Encoding: gzip\r\n", bomb.toByteArray())))) {
            assertThat(failure(server)).isInstanceOf(Garbled.class).hasMessageContaining("longer than " + LIMIT);
        }
    }

    @Test
    void brokenGzipIsGarbled() {
        try (CannedServer server = CannedServer.playing(
                out -> out.write(CannedServer.ok("Content-Encoding: gzip\r\n", new byte[] {1, 2, 3})))) {
            assertThat(failure(server)).isInstanceOf(Garbled.class);
        }
    }

    @Test
    void anUnknownEncodingIsGarbled() {
        try (CannedServer server = CannedServer.playing(
                out -> out.write(CannedServer.ok("Content-Encoding: br\r\n", new byte[] {1, 2, 3})))) {
            assertThat(failure(server)).isInstanceOf(Garbled.class).hasMessageContaining("br");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowedSoThatThePasswordStaysHere(int status) {
        try (CannedServer other = CannedServer.answering("");
                CannedServer server = CannedServer.playing(out -> write(
                        out,
                        "HTTP/1.1 " + status + " Moved\r\nLocation: " + other.url()
                                + "\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(failure(server)).isInstanceOf(Garbled.class).hasMessageContaining("HTTP " + status);
            assertThat(other.requests()).isEmpty();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aConnectionClosedWithoutAnAnswerHasSeenExactlyOnePost() {
        try (CannedServer server = CannedServer.playing(out -> {})) {
            Unanswered failure = (Unanswered) failure(server);
            assertThat(failure.how()).isEqualTo(How.BROKEN_OFF);
            assertThat(failure.mayHaveHappened()).isTrue();
            assertThat(failure.retryable()).isTrue();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void anAnswerCutInTheMiddleIsUnanswered() {
        try (CannedServer server =
                CannedServer.playing(out -> write(out, HEAD + "Content-Length: 1000\r\n\r\n<methodResponse>"))) {
            assertThat(failure(server)).isInstanceOf(Unanswered.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aRefusedConnectionIsKnownNotToHaveBeenSent() {
        // Not a port that the kernel assigns: another program could have it the moment after.
        URI gone = URI.create("http://127.0.0.1:1/XMLRPC");
        try (NipapRpc rpc = new NipapRpc(Settings.within(gone, DEADLINE, LIMIT))) {
            Unanswered failure = catchThrowableOfType(Unanswered.class, () -> rpc.call("add_prefix", Map.of()));
            assertThat(failure.mayHaveHappened()).isFalse();
            assertThat(failure).hasMessageContaining(gone.toString());
        }
    }

    @Test
    void aProxyWithoutNipapBehindItIsWorthAnotherTryAndAWrongPathIsNot() {
        try (CannedServer proxy = CannedServer.playing(
                        out -> write(out, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"));
                CannedServer wrong = CannedServer.playing(
                        out -> write(out, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(((NipapException) failure(proxy)).retryable()).isTrue();
            assertThat(failure(wrong)).isInstanceOf(Garbled.class).hasMessageContaining("/XMLRPC");
        }
    }

    @Test
    void aStoppedThreadDoesNotWaitOn() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (CannedServer server = CannedServer.playing(out -> {
                    asked.countDown();
                    pause(never, Duration.ofSeconds(5));
                });
                NipapRpc rpc = new NipapRpc(Settings.of(server.url()))) {
            Thread caller =
                    Thread.ofVirtual().start(() -> failure.set(catchThrowable(() -> rpc.call("list_vrf", Map.of()))));
            assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
            caller.interrupt();
            assertThat(caller.join(Duration.ofSeconds(5))).isTrue();
            assertThat(((Unanswered) failure.get()).how()).isEqualTo(How.STOPPED);
        }
    }

    @Test
    void thePasswordGoesOutAsUtf8BasicAuthAndIntoNoMessage() {
        String password = "pässwörd-🔑";
        try (CannedServer server = CannedServer.playing(out -> {})) {
            NipapSettings settings = NipapSettings.of(server.url(), "berth", Secret.of(password), "default");
            try (NipapRpc rpc = new NipapRpc(settings)) {
                assertThatThrownBy(() -> rpc.call("list_vrf", Map.of()))
                        .hasMessageNotContaining(password)
                        .hasMessageNotContaining("Basic");
            }
            String sent = Base64.getEncoder()
                    .encodeToString((LabNipap.USER + ":" + password).getBytes(StandardCharsets.UTF_8));
            assertThat(server.requests().getFirst().head())
                    .contains("Authorization: Basic " + sent)
                    .contains("Content-Type: text/xml\r\n");
            assertThat(settings.toString()).doesNotContain(password);
        }
    }

    private static void pause(CountDownLatch latch, Duration time) {
        try {
            boolean released = latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
            assertThat(released).isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
