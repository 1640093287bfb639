package net.berth.edgemax;

import static net.berth.edgemax.Bench.mapping;
import static net.berth.edgemax.Bench.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import net.berth.engine.port.KnownBatch;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two receivers and one router: the router lets one of them write at a time. */
class RouterLockTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private final Bench bench = Bench.start();
    private final ExecutorService receivers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        receivers.shutdownNow();
        bench.close();
    }

    @Test
    void theSecondReceiverDecidesOnWhatTheFirstHasWritten() {
        CountDownLatch decided = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (EdgeMaxRouter other = new EdgeMaxRouter(Bench.settings(bench.edge))) {
            CompletableFuture<Router.Applied> first = apply(bench.router, view -> {
                decided.countDown();
                await(goOn);
                return List.of(put(mapping("web", 20)));
            });
            await(decided);
            int execs = bench.edge.counters().execs();
            CompletableFuture<Router.Applied> second = apply(other, view -> {
                assertThat(view.mappings()).contains(mapping("web", 20));
                return List.of(put(mapping("shop", 20), mapping("web", 20)));
            });
            Awaitility.await().until(() -> bench.edge.counters().execs() > execs);
            assertThat(bench.edge.mappings()).hasSize(1);

            goOn.countDown();

            assertThat(first.join().outcomes()).containsExactly(new Router.Outcome.Done());
            assertThat(second.join().outcomes()).containsExactly(new Router.Outcome.Done());
            assertThat(bench.edge.mappings()).hasSize(2).anyMatch(line -> line.contains(" shop "));
        }
    }

    @Test
    void aReceiverThatWaitsInVainSaysWhoWritesAndChangesNothing() {
        CountDownLatch decided = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        EdgeMaxSettings hasty = Bench.settings(bench.edge, Duration.ofSeconds(1));
        try (EdgeMaxRouter other = new EdgeMaxRouter(hasty)) {
            CompletableFuture<Router.Applied> first = apply(bench.router, view -> {
                decided.countDown();
                await(goOn);
                return List.of();
            });
            await(decided);

            assertThatExceptionOfType(PeerException.class)
                    .isThrownBy(() -> other.apply(KnownBatch.of(List.of(put(mapping("web", 20))))))
                    .withMessageContaining("another receiver has been writing to the router")
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(PeerException.Kind.DOWN));

            goOn.countDown();
            assertThat(first.join().commits()).isZero();
            assertThat(bench.edge.mappings()).hasSize(1);
        }
    }

    @Test
    void aReceiverThatSleepsTooLongFindsItsShellAndTheLockGone() {
        EdgeMaxSettings settings = Bench.settings(bench.edge);
        try (EdgeMaxRouter slow = new EdgeMaxRouter(settings, Duration.ofSeconds(1))) {
            assertThatExceptionOfType(PeerException.class)
                    .isThrownBy(() -> slow.apply(batch(view -> {
                        // Another receiver gets the lock only when the router has ended the shell of this one.
                        assertThat(bench.apply(put(mapping("db", 21)))).containsExactly(new Router.Outcome.Done());
                        return List.of(put(mapping("web", 20)));
                    })))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(PeerException.Kind.DOWN));

            assertThat(bench.edge.mappings()).hasSize(2).noneMatch(line -> line.contains(" web "));
            assertThat(slow.apply(KnownBatch.of(List.of(put(mapping("web", 20)))))
                            .outcomes())
                    .containsExactly(new Router.Outcome.Done());
        }
    }

    @Test
    void aReceiverThatDiesFreesTheLock() {
        CountDownLatch decided = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        EdgeMaxRouter dying = new EdgeMaxRouter(Bench.settings(bench.edge));
        CompletableFuture<Router.Applied> first = apply(dying, view -> {
            decided.countDown();
            await(never);
            return List.of(put(mapping("db", 21)));
        });
        await(decided);

        bench.edge.dropConnections();

        assertThat(bench.apply(put(mapping("web", 20)))).containsExactly(new Router.Outcome.Done());
        never.countDown();
        assertThatExceptionOfType(java.util.concurrent.CompletionException.class)
                .isThrownBy(first::join)
                .withCauseInstanceOf(PeerException.class);
        assertThat(bench.edge.mappings()).hasSize(2);
        dying.close();
    }

    @Test
    void aBatchThatFailsToDecideChangesNothingAndFreesTheLock() {
        assertThatIllegalStateException()
                .isThrownBy(() -> bench.router.apply(batch(view -> {
                    throw new IllegalStateException("NIPAP is down");
                })));

        assertThat(bench.edge.counters().lines()).isZero();
        assertThat(bench.apply(put(mapping("web", 20)))).containsExactly(new Router.Outcome.Done());
    }

    @Test
    void aBatchWithNothingToDoSendsNothing() {
        Router.Applied applied = bench.router.apply(batch(view -> List.of()));

        assertThat(applied.changes()).isEmpty();
        assertThat(applied.outcomes()).isEmpty();
        assertThat(applied.after().mappings()).hasSize(1);
        assertThat(bench.edge.counters().lines()).isZero();
        assertThat(bench.edge.counters().saves()).isZero();
    }

    private CompletableFuture<Router.Applied> apply(
            EdgeMaxRouter router, Function<RouterView, List<RouterChange>> decide) {
        return CompletableFuture.supplyAsync(() -> router.apply(batch(decide)), receivers);
    }

    private static Router.Batch batch(Function<RouterView, List<RouterChange>> decide) {
        return new Router.Batch() {
            @Override
            public List<RouterChange> changes(RouterView current) {
                return decide.apply(current);
            }

            @Override
            public void settled(Map<Integer, Router.Outcome> outcomes, RouterView after) {}
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONG.toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
