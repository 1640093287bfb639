package net.berth.proxmox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.berth.lab.proxmox.RawServer;
import net.berth.lab.proxmox.SelfSigned;
import net.berth.proxmox.ApiToken;
import net.berth.proxmox.ProxmoxSettings;
import net.berth.security.Secret;
import net.berth.security.TlsTrust;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PveClientHostileTest {
    /** A port without a listener; the kernel never assigns it to a program. */
    private static final URI GONE = URI.create("https://127.0.0.1:1");

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
    private static final PveCall GET = PveCall.get("/version");
    private static final PveCall PUT = PveCall.put("/nodes/a/qemu/100/config", Map.of("ipconfig0", "ip=dhcp"));

    private static final Duration AMPLE = Duration.ofSeconds(15);
    private final SelfSigned certificate = SelfSigned.ofLoopback();

    private static String ok(String body) {
        return OK + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private PveClient client(URI... urls) {
        return client(new TlsTrust.Fingerprints(List.of(certificate.fingerprint())), AMPLE, urls);
    }

    /** For servers that never end: everything else gets time enough on a busy machine. */
    private PveClient impatient(URI url) {
        return client(new TlsTrust.Fingerprints(List.of(certificate.fingerprint())), Duration.ofSeconds(1), url);
    }

    private static PveClient client(TlsTrust trust, Duration deadline, URI... urls) {
        return new PveClient(new ProxmoxSettings(
                List.of(urls),
                "home",
                new ApiToken("berth@pve!berth", Secret.of("secret-of-the-token")),
                trust,
                new ProxmoxSettings.Limits(Duration.ofSeconds(5), deadline, deadline, 2, 10_000)));
    }

    private static void assertFails(ThrowingCallable call, Class<? extends PveError> error) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PveException.class, e -> assertThat(e.error()).isInstanceOf(error))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("secret-of-the-token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"data\":", "[1]", "{\"other\":1}", "{\"data\":1} trailing", "null"})
    void garbageIsNoAnswer(String body) throws IOException {
        try (RawServer server = RawServer.sending(certificate, ok(body));
                PveClient client = client(server.url())) {
            assertFails(() -> client.call(GET), PveError.Garbled.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{\"data\":[1",
                "[1]",
                "{\"other\":[1]}",
                "{\"data\":1}",
                "{\"data\":null}",
                "{\"data\":[1]} trailing",
                "{\"data\":[1]}{}",
                "null"
            })
    void garbageIsNoList(String body) throws IOException {
        try (RawServer server = RawServer.sending(certificate, ok(body));
                PveClient client = client(server.url())) {
            assertFails(() -> client.lines(GET, line -> line), PveError.Garbled.class);
        }
    }

    @Test
    void aListIsReadLineByLineWhateverStandsBesideIt() throws IOException {
        String body = "{\"total\":{\"data\":[9]},\"data\":[1,[2],{\"b\":3}],\"changes\":[0]}";
        try (RawServer server = RawServer.sending(certificate, ok(body));
                PveClient client = client(server.url())) {
            assertThat(client.lines(GET, JsonNode::toString)).containsExactly("1", "[2]", "{\"b\":3}");
        }
    }

    @Test
    void aTruncatedBodyIsNoAnswer() throws IOException {
        String text = OK + "Content-Length: 500\r\n\r\n{\"data\":[";
        try (RawServer server = RawServer.sending(certificate, text);
                PveClient client = client(server.url())) {
            assertFails(() -> client.call(PUT), PveError.NoAnswer.class);
        }
    }

    @Test
    void aTruncatedChunkedBodyIsNoAnswer() throws IOException {
        String text = OK + "Transfer-Encoding: chunked\r\n\r\nb\r\n{\"data\":[1]\r\n";
        try (RawServer server = RawServer.sending(certificate, text);
                PveClient client = client(server.url())) {
            assertThatThrownBy(() -> client.call(PUT)).isInstanceOf(PveException.class);
        }
    }

    @Test
    void aHugeBodyIsCutOff() throws IOException {
        try (RawServer server = RawServer.start(certificate, out -> {
                    out.write((OK + "Content-Length: 2000000000\r\n\r\n").getBytes(StandardCharsets.UTF_8));
                    byte[] block = "x".repeat(4096).getBytes(StandardCharsets.UTF_8);
                    for (int i = 0; i < 100_000; i++) {
                        out.write(block);
                    }
                });
                PveClient client = client(server.url())) {
            assertFails(() -> client.call(PUT), PveError.Garbled.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nX-Slow: ", OK + "Content-Length: 5000\r\n\r\n"})
    void aSlowDripEndsAtTheDeadline(String begin) throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        try (RawServer server = RawServer.start(certificate, out -> drip(out, begin, over));
                PveClient client = impatient(server.url())) {
            long start = System.nanoTime();
            assertFails(() -> client.call(PUT), PveError.NoAnswer.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        } finally {
            over.countDown();
        }
    }

    private static void drip(OutputStream out, String begin, CountDownLatch over) throws IOException {
        out.write(begin.getBytes(StandardCharsets.UTF_8));
        try {
            for (int i = 0; i < 300 && !over.await(50, TimeUnit.MILLISECONDS); i++) {
                out.write(' ');
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void silenceEndsAtTheDeadline() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        try (RawServer server = RawServer.start(certificate, out -> hold(over));
                PveClient client = impatient(server.url())) {
            assertFails(() -> client.call(GET), PveError.NoAnswer.class);
        } finally {
            over.countDown();
        }
    }

    /** With two calls at once allowed, thousands of guests are asked for one after the other, each with its full time. */
    @Test
    void theWaitForOtherCallsIsNotCountedAgainstACall() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger connections = new AtomicInteger();
        try (RawServer server = RawServer.start(certificate, out -> {
                    if (connections.incrementAndGet() <= 2) {
                        hold(over);
                    } else {
                        out.write(ok("{\"data\":7}").getBytes(StandardCharsets.UTF_8));
                    }
                });
                PveClient client = impatient(server.url());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> one = threads.submit(() -> client.call(GET));
            Future<?> two = threads.submit(() -> client.call(GET));
            await().until(() -> server.requests() == 2);
            assertThat(client.call(GET).asInt()).isEqualTo(7);
            assertThat(one).failsWithin(Duration.ofSeconds(20));
            assertThat(two).failsWithin(Duration.ofSeconds(20));
        } finally {
            over.countDown();
        }
    }

    private static void hold(CountDownLatch over) {
        try {
            assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aWriteThatBreaksOffIsNotSentAgain() throws IOException {
        try (RawServer server = RawServer.sending(certificate, "");
                PveClient client = client(server.url())) {
            assertFails(() -> client.call(PUT), PveError.NoAnswer.class);
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void aReadThatBreaksOffIsSentOnceMore() throws IOException {
        try (RawServer server = RawServer.sending(certificate, "");
                PveClient client = client(server.url())) {
            assertFails(() -> client.call(GET), PveError.NoAnswer.class);
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    @Test
    void aRedirectIsNotFollowedAndTheTokenStaysHere(@TempDir Path folder) throws IOException {
        try (RawServer other = RawServer.sending(certificate, ok("{\"data\":1}"));
                RawServer server = RawServer.sending(
                        certificate,
                        "HTTP/1.1 302 Found\r\nLocation: " + other.url() + "/api2/json/version\r\n"
                                + "Content-Length: 0\r\nConnection: close\r\n\r\n");
                PveClient client = client(server.url())) {
            assertFails(() -> client.call(GET), PveError.Other.class);
            assertThat(other.requests()).isZero();
        }
    }

    @Test
    void anotherCertificateGetsNoRequest(@TempDir Path folder) throws IOException {
        SelfSigned other = SelfSigned.create(folder, "ip:127.0.0.1");
        try (RawServer server = RawServer.sending(other, ok("{\"data\":1}"));
                PveClient client = client(server.url())) {
            assertThatThrownBy(() -> client.call(GET))
                    .isInstanceOf(PveException.class)
                    .hasMessageContaining(other.fingerprint());
            assertThat(server.requests()).isZero();
        }
    }

    @Test
    void theFingerprintAloneIsEnoughWhateverNameTheCertificateHas(@TempDir Path folder) throws IOException {
        SelfSigned named = SelfSigned.create(folder, "dns:elsewhere.example");
        try (RawServer server = RawServer.sending(named, ok("{\"data\":7}"));
                PveClient client =
                        client(new TlsTrust.Fingerprints(List.of(named.fingerprint())), AMPLE, server.url())) {
            assertThat(client.call(GET).asInt()).isEqualTo(7);
        }
    }

    @Test
    void anAuthorityIsTrustedForTheNameInItsCertificateOnly(@TempDir Path folder) throws IOException {
        SelfSigned named = SelfSigned.create(folder, "dns:elsewhere.example");
        Path pem = Files.writeString(folder.resolve("ca.pem"), certificate.pem());
        Path wrongName = Files.writeString(folder.resolve("other.pem"), named.pem());
        try (RawServer good = RawServer.sending(certificate, ok("{\"data\":7}"));
                RawServer bad = RawServer.sending(named, ok("{\"data\":7}"));
                PveClient ofGood = client(new TlsTrust.Authority(pem), AMPLE, good.url());
                PveClient ofBad = client(new TlsTrust.Authority(wrongName), AMPLE, bad.url())) {
            assertThat(ofGood.call(GET).asInt()).isEqualTo(7);
            assertFails(() -> ofBad.call(GET), PveError.NotConnected.class);
            assertThat(bad.requests()).isZero();
        }
    }

    @Test
    void theNextUrlIsTriedWhenOneCannotBeReachedAndTheGoodOneIsRemembered() throws IOException {
        try (RawServer server = RawServer.sending(certificate, ok("{\"data\":7}"));
                PveClient client = client(GONE, server.url())) {
            assertThat(client.call(PUT).asInt()).isEqualTo(7);
            assertThat(client.call(GET).asInt()).isEqualTo(7);
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    @Test
    void theNextUrlIsTriedWhenOneIsNoTlsServer() throws IOException {
        try (ServerSocket rude = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                RawServer server = RawServer.sending(certificate, ok("{\"data\":7}"));
                PveClient client = client(URI.create("https://127.0.0.1:" + rude.getLocalPort()), server.url())) {
            Thread.startVirtualThread(() -> hangUp(rude));
            assertThat(client.call(PUT).asInt()).isEqualTo(7);
        }
    }

    private static void hangUp(ServerSocket rude) {
        try (Socket client = rude.accept()) {
            client.getOutputStream().write("no TLS\r\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void allUrlsGoneSaysSoForEach() throws IOException {
        try (PveClient client = client(GONE, URI.create("https://nowhere.invalid:8006"))) {
            assertThatThrownBy(() -> client.call(GET))
                    .isInstanceOfSatisfying(
                            PveException.class, e -> assertThat(e.error()).isInstanceOf(PveError.NotConnected.class))
                    .hasMessageContaining(GONE.toString())
                    .hasMessageContaining("nowhere.invalid");
        }
    }

    @Test
    void aLongReasonPhraseIsReadInFull() throws IOException {
        String text = "can't lock file '/var/lock/" + "x".repeat(600) + "' - got timeout";
        try (RawServer server = RawServer.sending(
                        certificate,
                        "HTTP/1.1 500 " + text + "\r\nContent-Length: 13\r\nConnection: close\r\n\r\n{\"data\":null}");
                PveClient client = client(server.url())) {
            assertFails(() -> client.call(PUT), PveError.ConfigBusy.class);
        }
    }

    @Test
    void theProxysOwnStatusesAreUnderstood() throws IOException {
        try (RawServer server = RawServer.sending(
                        certificate,
                        "HTTP/1.1 596 Connection timed out\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                PveClient client = client(server.url())) {
            assertFails(() -> client.call(PUT), PveError.NodeUnreachable.class);
        }
    }

    @Test
    void aRefusedTokenSaysWhatToCheck() throws IOException {
        try (RawServer server = RawServer.sending(
                        certificate, "HTTP/1.1 401 No ticket\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                PveClient client = client(server.url())) {
            assertThatThrownBy(() -> client.call(GET))
                    .isInstanceOfSatisfying(PveException.class, e -> assertThat(e.asPeerException())
                            .hasMessageContaining("proxmox.token-file"));
        }
    }

    @Test
    void aConnectionThatDiedWhileIdleCostsNoRead() throws IOException {
        // It says nothing of closing, and closes: as Proxmox does with idle connections.
        String text = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"data\":7}";
        try (RawServer server = RawServer.sending(certificate, text);
                PveClient client = client(server.url())) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.call(GET).asInt()).isEqualTo(7);
            }
            assertThat(client.call(PUT).asInt()).isEqualTo(7);
            assertThat(server.requests()).isEqualTo(6);
        }
    }

    @Test
    void noMoreCallsAtOnceThanAllowed() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch twoAreIn = new CountDownLatch(2);
        try (RawServer server = RawServer.start(certificate, out -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    twoAreIn.countDown();
                    hold(twoAreIn);
                    out.write(ok("{\"data\":7}").getBytes(StandardCharsets.UTF_8));
                    now.decrementAndGet();
                });
                PveClient client = client(server.url());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<JsonNode>> calls = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> client.call(GET)))
                    .toList();
            for (Future<JsonNode> call : calls) {
                assertThat(call.get().asInt()).isEqualTo(7);
            }
        }
        assertThat(most).hasValue(2);
    }
}
