package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import net.berth.engine.port.Compute;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.model.row.RowStatus;
import net.berth.plan.GuestEdits;
import net.berth.plan.Nets;
import net.berth.plan.view.GuestState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guests that are as they should be cost little, and nobody waits behind them. */
class SettledGuestsTest {
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final int GUESTS = 20;

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private ManualTimer timer = new ManualTimer();
    private Engine engine = engine();

    private Engine engine() {
        return Engines.writing().in(Nets.LAN).every(POLL, Duration.ofDays(1)).over(compute, ipam, router, timer);
    }

    /** Guests that a receiver before this one has settled. */
    @BeforeEach
    void settle() {
        for (int i = 0; i < GUESTS; i++) {
            compute.add(GuestType.LXC, 201 + i, "g" + i, new NicConfig.Dhcp());
        }
        begin();
        await().until(() -> compute.writes.size() == GUESTS);
        await().until(() ->
                engine.overview(true).guests().stream().allMatch(guest -> guest.state() == GuestState.SETTLED));
        engine.close();
        timer = new ManualTimer();
        engine = engine();
        compute.reads = 0;
        compute.lists = 0;
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void begin() {
        engine.start();
        timer.advance(Duration.ZERO);
    }

    private HookAnswer start(int vmid, String node) {
        return engine.hook(new HookEvent(vmid, HookEvent.Phase.PRE_START, node, ""), WAIT);
    }

    @Test
    void thePollBehindTheFirstPassReadsNoGuestThatThePassFoundAsItShouldBe() {
        begin();
        assertThat(compute.reads).isEqualTo(GUESTS);
        timer.advance(POLL);
        timer.advance(POLL);
        witness(300);
        assertThat(compute.reads).as("the witness's own besides").isBetween(GUESTS + 1, GUESTS + 5);
    }

    @Test
    void aGuestThatThePassCouldNotReadIsReadByTheNextPoll() {
        GuestId broken = FakeCompute.id(GuestType.LXC, 205);
        compute.failing.add(broken);
        begin();
        compute.failing.clear();
        int reads = compute.reads;
        timer.advance(POLL);
        await().until(() -> compute.reads > reads);
        assertThat(compute.reads).isEqualTo(reads + 1);
    }

    @Test
    void aGuestThatIsLockedDuringThePassIsLookedAtUntilItIsNot() {
        compute.change(FakeCompute.id(GuestType.LXC, 205), guest -> GuestEdits.locked(guest, "backup"));
        begin();
        int reads = compute.reads;
        timer.advance(POLL);
        await().until(() -> compute.reads == reads + 1);
        await().until(() -> timer.waits().stream().anyMatch(wait -> wait.compareTo(Duration.ofSeconds(20)) > 0));
    }

    @Test
    void afterAPassThatFailedThePollLooksAtAllGuests() {
        router.down = true;
        begin();
        router.down = false;
        int reads = compute.reads;
        timer.advance(POLL);
        await().until(() -> compute.reads >= reads + GUESTS);
    }

    @Test
    void aPassReadsAFewGuestsAtOnceSoThatAStartComesPast() throws InterruptedException {
        Semaphore reads = new Semaphore(0);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        compute.onRead = () -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            reads.acquireUninterruptibly();
            now.decrementAndGet();
        };
        Thread pass = Thread.ofVirtual().start(() -> begin());
        for (int i = 0; i < GUESTS; i++) {
            await().until(reads::hasQueuedThreads);
            reads.release();
        }
        pass.join();
        assertThat(most.get()).isBetween(1, Compute.BACKGROUND_READS);
    }

    @Test
    void aStartOfAGuestThatAListHasShownAsksForNoOther() {
        begin();
        int lists = compute.lists;
        int reads = compute.reads;
        assertThat(start(205, "pve1")).isInstanceOf(HookAnswer.Settled.class);
        assertThat(compute.reads).isEqualTo(reads + 1);
        assertThat(compute.lists).isEqualTo(lists);
    }

    @Test
    void aStartOfASettledGuestIsFollowedByNoLookOfItsOwn() {
        begin();
        timer.advance(POLL);
        for (int i = 0; i < GUESTS; i++) {
            assertThat(start(201 + i, "pve1")).isInstanceOf(HookAnswer.Settled.class);
        }
        int reads = compute.reads;
        witness(300);
        assertThat(compute.reads).as("the witness's own besides").isBetween(reads + 1, reads + 5);
    }

    /** A new guest; when it is settled, what was asked for before is done too. */
    private void witness(int vmid) {
        compute.add(GuestType.LXC, vmid, "witness" + vmid, new NicConfig.Dhcp());
        timer.advance(POLL);
        await().until(() -> engine.guest(vmid, true)
                .filter(report -> report.state() == GuestState.SETTLED)
                .isPresent());
    }

    @Test
    void aStartThatNoPostStartFollowsIsNotedWhenAListShowsTheGuestRunning() {
        begin();
        timer.advance(POLL);
        assertThat(start(205, "pve1")).isInstanceOf(HookAnswer.Settled.class);
        compute.status(FakeCompute.id(GuestType.LXC, 205), GuestStatus.RUNNING, Duration.ofSeconds(1));
        timer.advance(POLL);
        await().until(() ->
                ipam.rows.stream().anyMatch(row -> row.node().equals("g4") && row.status() == RowStatus.ASSIGNED));
    }

    @Test
    void aStartOnAnotherNodeThanTheListShowedIsLookedForAnew() {
        begin();
        move(205, "pve2");
        assertThat(start(205, "pve2")).isInstanceOfSatisfying(HookAnswer.Settled.class, settled -> assertThat(
                        settled.report().guest().node())
                .isEqualTo("pve2"));
    }

    @Test
    void aGuestThatIsNoLongerWhereTheListShowedItIsLookedForAnew() {
        begin();
        move(205, "pve2");
        assertThat(engine.guest(205, true))
                .hasValueSatisfying(report -> assertThat(report.guest().node()).isEqualTo("pve2"));
        compute.guests.remove(FakeCompute.id(GuestType.LXC, 206));
        assertThat(engine.guest(206, true)).isEmpty();
    }

    private void move(int vmid, String node) {
        compute.change(FakeCompute.id(GuestType.LXC, vmid), guest -> GuestEdits.moved(guest, node));
    }
}
