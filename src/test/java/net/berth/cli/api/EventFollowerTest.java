package net.berth.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import net.berth.cli.view.Colours;
import net.berth.cli.view.EventLine;
import net.berth.security.TokenProof;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code berth watch} over a receiver that breaks off. */
class EventFollowerTest {
    private static final String SETTLED = "{\"type\":\"guest.settled\",\"subject\":\"home/qemu/101\",\"time\":"
            + "\"2026-11-20T10:00:00Z\",\"data\":{\"guest\":\"home/qemu/101\",\"name\":\"web\",\"addresses\":"
            + "[\"192.168.1.20\"]}}";

    private static final String TOKEN = "token-of-the-test";

    private final List<String> cameBackBehind = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/events", exchange -> {
            try (exchange) {
                String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
                int turn = cameBackBehind.size();
                cameBackBehind.add(last == null ? "" : last);
                int status = answers.get(Math.min(turn, answers.size() - 1));
                exchange.sendResponseHeaders(status, 0);
                if (status == 200) {
                    String text = ": berth\n\nid: e" + turn + "\nevent: guest.settled\ndata: " + SETTLED + "\n\n";
                    exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
                }
            }
        });
        server.createContext("/observe/health", exchange -> {
            try (exchange) {
                String challenge = exchange.getRequestHeaders().getFirst(TokenProof.CHALLENGE);
                exchange.getResponseHeaders().add(TokenProof.PROOF, TokenProof.of(TOKEN, challenge));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private EventFollower follower(EventFollower.Pause pause) {
        ApiAccess access = ApiAccess.http("127.0.0.1", server.getAddress().getPort(), TOKEN);
        return new EventFollower(access, Duration.ofSeconds(20), pause, new Random(1));
    }

    @Test
    void afterABreakItGoesOnBehindTheLastEventWithGrowingPauses() {
        answers.addAll(List.of(200, 503, 503, 503, 200));
        List<String> told = new ArrayList<>();
        List<Duration> pauses = new ArrayList<>();
        EventFollower watcher = follower(pause -> {
            pauses.add(pause);
            if (pauses.size() == 5) {
                throw new InterruptedException("enough");
            }
        });
        assertThatThrownBy(() -> watcher.run(event -> told.add(event.id()), remark -> {}))
                .isInstanceOf(InterruptedException.class);
        assertThat(told).containsExactly("e0", "e4");
        assertThat(cameBackBehind).containsExactly("", "e0", "e0", "e0", "e0");
        assertThat(pauses.get(3)).isGreaterThan(pauses.get(0)).isLessThanOrEqualTo(Duration.ofSeconds(8));
        assertThat(pauses.get(4)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aReceiverThatIsNotThereOrRefusesIsSaidAtOnce() {
        answers.add(401);
        EventFollower refused = follower(pause -> {});
        assertThatThrownBy(() -> refused.run(event -> {}, remark -> {})).hasMessageContaining("another token");
        ApiAccess nothing = ApiAccess.http("127.0.0.1", 1, "token-of-the-test");
        EventFollower alone = new EventFollower(nothing, Duration.ofSeconds(1), pause -> {}, new Random(1));
        assertThatThrownBy(() -> alone.run(event -> {}, remark -> {})).hasMessageContaining("systemctl start berth");
    }

    @Test
    void anEventIsOneLineForAPerson() {
        EventLine line = new EventLine(new Colours(false), ZoneOffset.UTC);
        assertThat(line.of(SETTLED)).isEqualTo("10:00:00  guest.settled      web (101)  192.168.1.20");
        String up = "{\"type\":\"system.up\",\"subject\":\"nipap\",\"time\":\"2026-11-20T10:00:00Z\","
                + "\"data\":{\"system\":\"nipap\"}}";
        assertThat(line.of(up)).isEqualTo("10:00:00  system.up          nipap");
    }
}
