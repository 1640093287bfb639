package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.engine.port.Router.Outcome;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits for the router, and for how long. */
class RouterLaneTest {
    private static final Duration LONG = Duration.ofHours(1);
    private final HalvingRouter router = new HalvingRouter();
    private final RouterLane lane = new RouterLane(
            router,
            Clock.systemUTC(),
            Thread.ofVirtual().factory(),
            new SimpleMeterRegistry(),
            new EventLog(Clock.systemUTC()));
    private final ExecutorService hooks = Executors.newVirtualThreadPerTaskExecutor();

    /** Has the first change of its second batch in place at once, and works on the rest until it may end. */
    private static final class HalvingRouter implements Router {
        final CountDownLatch firstBatch = new CountDownLatch(1);
        final CountDownLatch rest = new CountDownLatch(1);
        volatile boolean dies;
        final AtomicInteger batches = new AtomicInteger();

        @Override
        public RouterView read() {
            return new RouterView(List.of(), List.of(), List.of(), List.of());
        }

        @Override
        public Applied apply(List<RouterChange> changes, Progress progress) {
            if (batches.incrementAndGet() == 1) {
                await(firstBatch);
                return new Applied(List.of(new Outcome.Done()), read(), 1);
            }
            Mapping first = ((RouterChange.RemoveMapping) changes.getFirst()).old();
            RouterView after = new RouterView(List.of(), List.of(first), List.of(), List.of());
            progress.settled(Map.of(0, new Outcome.Done()), after);
            await(rest);
            if (dies) {
                throw new PeerException(Peer.ROUTER, PeerException.Kind.DOWN, "cut");
            }
            return new Applied(List.of(new Outcome.Done(), new Outcome.Refused("no")), after, 2);
        }

        @Override
        public void check() {}
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<RouterChange> change(int host) {
        return List.of(new RouterChange.RemoveMapping(Mapping.of(
                FakeRouter.LAN,
                "vm" + host,
                IpAddress.parse("192.168.1." + host),
                MacAddress.parse("BC:24:11:00:00:" + host))));
    }

    private CompletableFuture<List<Outcome>> hook(int host) {
        return CompletableFuture.supplyAsync(() -> lane.apply(change(host)), hooks);
    }

    /** The first guest's change is through while the second's, of the same batch, is not. */
    private List<CompletableFuture<List<Outcome>>> twoInOneBatch() {
        CompletableFuture<List<Outcome>> busy = hook(20);
        Awaitility.await().until(() -> router.batches.get() == 1);
        CompletableFuture<List<Outcome>> good = hook(21);
        Awaitility.await().until(() -> lane.waiting() == 1);
        CompletableFuture<List<Outcome>> bad = hook(22);
        Awaitility.await().until(() -> lane.waiting() == 2);
        router.firstBatch.countDown();
        assertThat(busy.join()).containsExactly(new Outcome.Done());
        return List.of(good, bad);
    }

    @AfterEach
    void stop() {
        router.rest.countDown();
        lane.close();
        hooks.close();
    }

    @Test
    void whoeversChangeIsInPlaceIsAnsweredBeforeTheRestOfItsBatch() throws Exception {
        var answers = twoInOneBatch();

        assertThat(answers.get(0).get(30, TimeUnit.SECONDS)).containsExactly(new Outcome.Done());
        assertThat(lane.view(LONG).mappings())
                .as("the view it goes on with is the one its change was verified in, and had without waiting")
                .extracting(Mapping::name)
                .containsExactly("vm21");
        assertThat(answers.get(1)).isNotDone();

        router.rest.countDown();
        assertThat(answers.get(1).get(30, TimeUnit.SECONDS)).containsExactly(new Outcome.Refused("no"));
    }

    @Test
    void aRouterThatDiesLaterTakesNothingBackOfWhatWasAnswered() throws Exception {
        router.dies = true;
        var answers = twoInOneBatch();
        assertThat(answers.get(0).get(30, TimeUnit.SECONDS)).containsExactly(new Outcome.Done());
        router.rest.countDown();

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(answers.get(1)::join)
                .withCauseInstanceOf(PeerException.class);
    }

    @Test
    void hundredsWhoWaitForARouterThatHangsDoNotEachWaitForItOnceMore() {
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        Router hanging = new Router() {
            @Override
            public RouterView read() {
                reads.incrementAndGet();
                await(over);
                throw new PeerException(Peer.ROUTER, PeerException.Kind.DOWN, "no answer");
            }

            @Override
            public Applied apply(List<RouterChange> changes, Progress progress) {
                throw new AssertionError("nothing to apply");
            }

            @Override
            public void check() {}
        };
        CountingClock clock = new CountingClock();
        RouterLane slow = new RouterLane(
                hanging,
                clock,
                Thread.ofVirtual().factory(),
                new SimpleMeterRegistry(),
                new EventLog(Clock.systemUTC()));
        List<CompletableFuture<RouterView>> asked = IntStream.range(0, 100)
                .mapToObj(each -> CompletableFuture.supplyAsync(() -> slow.view(Duration.ZERO), hooks))
                .toList();
        // Each has said when it asks, and one when its read began.
        Awaitility.await().until(() -> clock.asked.get() == 101);

        over.countDown();

        asked.forEach(one -> assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(one::join)
                .withCauseInstanceOf(PeerException.class));
        // Who asked while the first read was under way is told of the next one.
        assertThat(reads.get()).isBetween(1, 2);
        slow.close();
    }

    private static final class CountingClock extends Clock {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public Instant instant() {
            asked.incrementAndGet();
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
