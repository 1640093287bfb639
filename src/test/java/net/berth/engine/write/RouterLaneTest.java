package net.berth.engine.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.berth.engine.Engine;
import net.berth.engine.Engines;
import net.berth.engine.FakeCompute;
import net.berth.engine.FakeIpam;
import net.berth.engine.FakeRouter;
import net.berth.engine.GuestThreads;
import net.berth.engine.HookAnswer;
import net.berth.engine.HookEvent;
import net.berth.engine.port.KnownBatch;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;
import net.berth.plan.Nets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guests that wait for the router go into one session, and each is answered when its own part is done. */
@Timeout(60)
class RouterLaneTest {
    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final HalvingRouter router = new HalvingRouter();
    private final GuestThreads timer = new GuestThreads();
    private final Engine engine = Engines.usual().in(Nets.LAN).over(compute, ipam, router, timer);

    /** The first half of its second session is done at once; the rest takes as long as a test says. */
    private static final class HalvingRouter implements Router {
        final FakeRouter real = new FakeRouter();
        final CountDownLatch first = new CountDownLatch(1);
        final CountDownLatch rest = new CountDownLatch(1);
        final AtomicInteger sessions = new AtomicInteger();
        volatile boolean dies;

        @Override
        public RouterView read() {
            return real.read();
        }

        @Override
        public Applied apply(Batch batch) {
            if (sessions.incrementAndGet() == 1) {
                FakeRouter.await(first);
                return real.apply(batch);
            }
            List<RouterChange> changes = batch.changes(read());
            int half = changes.size() / 2;
            RouterView after =
                    real.apply(KnownBatch.of(changes.subList(0, half))).after();
            Map<Integer, Outcome> done = new HashMap<>();
            for (int i = 0; i < half; i++) {
                done.put(i, new Outcome.Done());
            }
            batch.settled(done, after);
            FakeRouter.await(rest);
            if (dies) {
                throw new PeerException(Peer.ROUTER, PeerException.Kind.DOWN, "the connection ended");
            }
            for (int i = half; i < changes.size(); i++) {
                done.put(i, new Outcome.Refused("no"));
            }
            return new Applied(changes, done.values().stream().toList(), after, 1);
        }
    }

    @BeforeEach
    void guests() {
        for (int vmid = 101; vmid <= 103; vmid++) {
            compute.add(GuestType.LXC, vmid, "ct" + vmid, new NicConfig.Dhcp());
        }
    }

    @AfterEach
    void close() {
        router.first.countDown();
        router.rest.countDown();
        engine.close();
    }

    private CompletableFuture<HookAnswer> start(int vmid) {
        HookEvent event = new HookEvent(vmid, HookEvent.Phase.PRE_START, "pve1", "");
        return CompletableFuture.supplyAsync(
                () -> engine.hook(event, Duration.ofSeconds(40)),
                task -> Thread.ofVirtual().start(task));
    }

    private void waits(int rows) {
        await().until(() -> ipam.rows.size() == rows && timer.allRunsWait());
    }

    /** Two guests in one session, of which only the first one's part is done. */
    private List<CompletableFuture<HookAnswer>> twoInOneSession() {
        CompletableFuture<HookAnswer> busy = start(101);
        await().until(() -> router.sessions.get() == 1);
        CompletableFuture<HookAnswer> good = start(102);
        waits(2);
        CompletableFuture<HookAnswer> bad = start(103);
        waits(3);
        router.first.countDown();
        assertThat(busy.join()).isInstanceOf(HookAnswer.Settled.class);
        return List.of(good, bad);
    }

    @Test
    void aGuestWhosePartIsDoneIsAnsweredBeforeTheRestOfItsSession() {
        List<CompletableFuture<HookAnswer>> answers = twoInOneSession();
        assertThat(answers.get(0).join()).isInstanceOf(HookAnswer.Settled.class);
        assertThat(answers.get(1)).isNotDone();

        router.rest.countDown();

        assertThat(answers.get(1).join()).as("the router refused its part").isInstanceOf(HookAnswer.Accepted.class);
        assertThat(router.sessions).hasValue(2);
    }

    @Test
    void aRouterThatDiesLaterTakesNothingBackOfWhatWasAnswered() {
        router.dies = true;
        List<CompletableFuture<HookAnswer>> answers = twoInOneSession();
        assertThat(answers.get(0).join()).isInstanceOf(HookAnswer.Settled.class);

        router.rest.countDown();

        assertThatThrownBy(answers.get(1)::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(PeerException.class);
    }

    @Test
    void whoWaitsWhenBerthStopsIsAnsweredAtOnce() {
        CompletableFuture<HookAnswer> busy = start(101);
        await().until(() -> router.sessions.get() == 1);
        CompletableFuture<HookAnswer> waiting = start(102);
        waits(2);

        engine.close();

        assertThatThrownBy(waiting::join).hasMessageContaining("stopping");
        router.first.countDown();
        busy.exceptionally(stopped -> new HookAnswer.Accepted()).join();
    }
}
