package net.berth.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import net.berth.engine.HookAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("alone")
class LoadTest {
    private final Bench bench = new Bench(Bench.tight(2));
    private final CountDownLatch work = new CountDownLatch(1);

    @AfterEach
    void stop() {
        work.countDown();
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "POST /v1/ho",
                "POST /v1/hooks/guest HTTP/1.1\r\nHost: localhost\r\nwebhook-i",
                "POST /v1/hooks/guest HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200\r\n\r\n{\"type\"",
            })
    void whoStopsInTheMiddleOfARequestIsDisconnected(String part) throws Exception {
        try (Socket slow = bench.connect()) {
            slow.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
            assertThat(Bench.readToEnd(slow)).isIn("", "[reset]");
        }
        assertThat(bench.berth.asked).isEmpty();
    }

    @Test
    void whoDripsIsDisconnectedToo() throws Exception {
        try (Socket slow = bench.connect()) {
            slow.getOutputStream()
                    .write("POST /v1/hooks/guest HTTP/1.1\r\nHost: localhost\r\n".getBytes(StandardCharsets.US_ASCII));
            await().atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> dropped(slow));
        }
    }

    @Test
    void slowOnesDoNotBlockOthers() throws Exception {
        try (Socket one = bench.connect();
                Socket two = bench.connect()) {
            for (Socket slow : new Socket[] {one, two}) {
                slow.getOutputStream()
                        .write("POST /v1/hooks/guest HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"
                                .getBytes(StandardCharsets.US_ASCII));
            }
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> bench.hook(HookCall.phase("pre-start")).statusCode() == 202);
        }
    }

    @Test
    void aLongWaitIsNotMistakenForASlowRequest() throws Exception {
        bench.berth.answers(this::afterWork);
        CompletableFuture<HttpResponse<String>> waiting =
                CompletableFuture.supplyAsync(() -> bench.hook(HookCall.phase("pre-start")));
        await().until(() -> !bench.berth.asked.isEmpty());
        try (Socket slow = bench.connect()) {
            // The guard has struck by the time this one is disconnected.
            Bench.readToEnd(slow);
        }
        work.countDown();
        assertThat(waiting.get(10, SECONDS).statusCode()).isEqualTo(204);
    }

    @Test
    void moreRequestsThanItCanWorkOnAreToldToComeAgain() throws Exception {
        bench.berth.answers(this::afterWork);
        CompletableFuture<HttpResponse<String>> one =
                CompletableFuture.supplyAsync(() -> bench.hook(HookCall.phase("pre-start")));
        CompletableFuture<HttpResponse<String>> two =
                CompletableFuture.supplyAsync(() -> bench.hook(HookCall.phase("pre-start")));
        await().until(() -> bench.berth.asked.size() == 2);

        HttpResponse<String> third = bench.hook(HookCall.phase("pre-start"));
        assertThat(third.statusCode()).isEqualTo(503);
        assertThat(third.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(third.headers().firstValue("retry-after")).contains("1");

        work.countDown();
        assertThat(one.get(10, SECONDS).statusCode()).isEqualTo(204);
        assertThat(two.get(10, SECONDS).statusCode()).isEqualTo(204);
    }

    @Test
    void aHookThatIsBeingAnsweredOutlivesTheStop() throws Exception {
        bench.berth.answers(this::afterWork);
        CompletableFuture<HttpResponse<String>> waiting =
                CompletableFuture.supplyAsync(() -> bench.hook(HookCall.phase("pre-start")));
        await().until(() -> !bench.berth.asked.isEmpty());
        CompletableFuture<Void> stop = CompletableFuture.runAsync(bench.receiver::close);
        await().until(() -> refusesConnections());
        assertThat(stop).isNotDone();

        work.countDown();
        assertThat(waiting.get(10, SECONDS).statusCode()).isEqualTo(204);
        stop.get(10, SECONDS);
    }

    @Test
    void aConnectionIsClosedWhenItsClientWantsItClosed() {
        long start = System.nanoTime();
        assertThat(bench.raw(HookCall.phase("pre-start").raw())).startsWith("HTTP/1.1 202 ");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }

    private HookAnswer afterWork() {
        try {
            assertThat(work.await(20, SECONDS)).isTrue();
            return new HookAnswer.NotSelected();
        } catch (InterruptedException e) {
            throw new AssertionError("the receiver interrupted its own work", e);
        }
    }

    private boolean refusesConnections() {
        try (Socket socket = bench.connect()) {
            return socket.isClosed();
        } catch (java.io.IOException e) {
            return true;
        }
    }

    private static boolean dropped(Socket slow) {
        try {
            slow.getOutputStream().write("x: y\r\n".getBytes(StandardCharsets.US_ASCII));
            return false;
        } catch (java.io.IOException e) {
            return true;
        }
    }
}
