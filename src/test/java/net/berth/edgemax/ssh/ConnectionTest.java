package net.berth.edgemax.ssh;

import static net.berth.edgemax.Bench.mapping;
import static net.berth.edgemax.Bench.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import net.berth.edgemax.Bench;
import net.berth.edgemax.EdgeMaxRouter;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.engine.port.KnownBatch;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.lab.edgeos.EdgeOs;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** One connection, kept alive, never waited for without an end, with one command at a time. */
class ConnectionTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    private static EdgeMaxSettings.Times times(Duration connect, Duration step, Duration alive) {
        return new EdgeMaxSettings.Times(connect, step, LONG, Duration.ofMillis(5), alive);
    }

    @Test
    void anIdleConnectionIsKeptByAskingWhetherTheRouterIsStillThere() {
        try (EdgeOs edge = EdgeOs.start();
                EdgeMaxRouter router =
                        new EdgeMaxRouter(Bench.with(Bench.settings(edge), times(LONG, LONG, Duration.ofMillis(50))))) {
            router.read();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> edge.counters().keepalives() >= 3);
            router.read();
            assertThat(edge.counters().logins()).isEqualTo(1);
        }
    }

    @Test
    void aRouterThatStopsAnsweringIsDownAfterTheDeadlineOfTheStep() {
        try (EdgeOs edge = EdgeOs.start();
                EdgeMaxRouter router =
                        new EdgeMaxRouter(Bench.with(Bench.settings(edge), times(LONG, Duration.ofSeconds(3), LONG)))) {
            router.read();
            edge.faults().hang(true);

            down(router, "did not answer in time");

            edge.faults().hang(false);
            assertThat(router.apply(KnownBatch.of(List.of(put(mapping("web", 20)))))
                            .outcomes())
                    .containsExactly(new Router.Outcome.Done());
            assertThat(edge.counters().logins())
                    .as("the connection was renewed")
                    .isEqualTo(2);
        }
    }

    @Test
    void aMachineThatTakesTheConnectionAndSaysNothingIsDown() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                EdgeOs edge = EdgeOs.start()) {
            EdgeMaxSettings real = Bench.settings(edge);
            EdgeMaxSettings settings = new EdgeMaxSettings(
                    "127.0.0.1",
                    silent.getLocalPort(),
                    real.username(),
                    real.login(),
                    real.hostKey(),
                    false,
                    real.sharedNetworks(),
                    times(SHORT, LONG, LONG));
            try (EdgeMaxRouter router = new EdgeMaxRouter(settings)) {
                down(router, "cannot be reached");
            }
        }
    }

    private static void down(EdgeMaxRouter router, String words) {
        assertThatExceptionOfType(PeerException.class)
                .isThrownBy(router::read)
                .withMessageContaining(words)
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(PeerException.Kind.DOWN));
    }

    @Test
    void aDaemonThatHoldsTheOutputOfTheCommitThatStartedItHoldsNothingUp() {
        try (Bench bench = Bench.start()) {
            bench.edge.faults().holdOutput(true);

            assertThat(bench.apply(put(mapping("web", 20)))).containsExactly(new Router.Outcome.Done());
            bench.router.read();

            assertThat(bench.edge.counters().logins())
                    .as("the command had ended well, so its connection is kept")
                    .isEqualTo(1);
        }
    }

    @Test
    void manyCallersShareOneConnectionAndOneCommandAtATime() {
        try (Bench bench = Bench.start();
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> calls = IntStream.range(20, 28)
                    .mapToObj(host -> CompletableFuture.runAsync(
                            () -> {
                                bench.router.read();
                                bench.apply(put(mapping("vm" + host, host)));
                            },
                            callers))
                    .toList();
            calls.forEach(CompletableFuture::join);

            assertThat(bench.edge.mappings()).hasSize(9);
            assertThat(bench.edge.counters().mostExecsAtOnce()).isEqualTo(1);
            assertThat(bench.edge.counters().logins()).isEqualTo(1);
        }
    }
}
