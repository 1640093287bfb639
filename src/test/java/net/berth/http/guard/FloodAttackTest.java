package net.berth.http.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.berth.engine.HookAnswer;
import net.berth.http.Bench;
import net.berth.http.HookCall;
import net.berth.http.Reports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks by number: a settled guest's hook is answered whatever strangers do meanwhile. */
@Tag("alone")
@Timeout(120)
class FloodAttackTest {
    private static final int CONNECTIONS = 2_000;
    private final Bench bench = new Bench();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "POST /v1/hooks/guest HTTP/1.1\r\nHost: localhost\r\nwebhook-i",
                "POST /v1/hooks/guest HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200\r\n\r\n{\"type\"",
            })
    void thousandsOfSlowConnectionsDoNotKeepAHookOut(String part) throws IOException {
        bench.berth.answers(() -> new HookAnswer.Settled(Reports.settled()));
        for (int i = 0; i < CONNECTIONS; i++) {
            open(part);
            if (i % 100 == 99) {
                // As the hookscript does it: a connection of its own.
                assertThat(bench.raw(HookCall.phase("pre-start").raw())).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void idleConnectionsMakeRoomForNewOnes() throws IOException {
        for (int i = 0; i < 1_200; i++) {
            Socket idle = open("GET /observe/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(idle.getInputStream().read()).isEqualTo('H');
        }
        assertThat(bench.raw(HookCall.phase("pre-start").raw())).startsWith("HTTP/1.1 202 ");
    }

    @Test
    void whoGuessesTokensIsToldToStopAndTheRightOneIsStillTaken() {
        for (int i = 0; i < 30; i++) {
            assertThat(guess("wrong" + i).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> stopped = guess("another");
        assertThat(stopped.statusCode()).isEqualTo(429);
        assertThat(stopped.headers().firstValue("retry-after")).contains("60");
        assertThat(stopped.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(bench.get("/v1/guests").statusCode()).isEqualTo(200);
        assertThat(bench.hook(HookCall.phase("pre-start")).statusCode()).isEqualTo(202);
        bench.clock.advance(Duration.ofSeconds(61));
        assertThat(guess("later").statusCode()).isEqualTo(401);
    }

    @Test
    void whoFloodsWithForgedHooksIsToldToStopAndASignedOneIsStillTaken() {
        HookCall forged = HookCall.phase("pre-start").secret("another secret of a length that fits");
        for (int i = 0; i < 30; i++) {
            assertThat(bench.hook(forged).statusCode()).isEqualTo(401);
        }
        assertThat(bench.hook(forged).statusCode()).isEqualTo(429);
        assertThat(bench.berth.asked).isEmpty();
        assertThat(bench.hook(HookCall.phase("pre-start")).statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x: y\r\n", "aaaaaaaaaaaaaaaa", "a: b\r\n c\r\n"})
    void anEndlessHeaderIsCutOff(String piece) throws IOException {
        Socket bomb = open("POST /v1/hooks/guest HTTP/1.1\r\nHost: localhost\r\n");
        byte[] bytes = piece.repeat(64).getBytes(StandardCharsets.US_ASCII);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> cut(bomb, bytes));
        assertThat(bench.berth.asked).isEmpty();
    }

    @Test
    void thousandsOfHeadersAreRefused() {
        String bomb = "GET /observe/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "a: b\r\n".repeat(3_000) + "\r\n";
        assertThat(bench.raw(bomb)).matches(answer -> answer.startsWith("HTTP/1.1 400 ") || answer.equals("[reset]"));
    }

    private HttpResponse<String> guess(String token) {
        return bench.send(bench.request("/v1/guests").header("Authorization", "Bearer " + token));
    }

    private static boolean cut(Socket bomb, byte[] bytes) {
        try {
            bomb.getOutputStream().write(bytes);
            return false;
        } catch (IOException closed) {
            return true;
        }
    }

    /** A connection that the receiver has cut already is as good as one that it holds. */
    private Socket open(String part) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), bench.receiver.port()), 20_000);
        try {
            socket.getOutputStream().write(part.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException cut) {
            socket.close();
        }
        return socket;
    }
}
