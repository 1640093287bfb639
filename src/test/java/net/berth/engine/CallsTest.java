package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Compute.History;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.Router;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.plan.Nets;
import net.berth.plan.view.GuestState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each thing may ask of Proxmox, NIPAP and the router while nothing goes wrong. */
@Timeout(120)
class CallsTest {
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final Duration PASS = Duration.ofMinutes(10);
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final int GUESTS = 20;
    private static final int FIRST = 201;

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final SettableClock clock = new SettableClock();
    private final Calls calls = new Calls();
    private final GuestThreads timer = new GuestThreads();
    private final Engine engine = Engines.writing()
            .in(Nets.LAN)
            .every(POLL, PASS)
            .at(clock)
            .over(calls.on(Compute.class, compute), calls.on(Ipam.class, ipam), calls.on(Router.class, router), timer);

    @AfterEach
    void close() {
        engine.close();
    }

    private void guests(int count) {
        for (int i = 0; i < count; i++) {
            GuestType type = i % 2 == 0 ? GuestType.LXC : GuestType.QEMU;
            GuestId id = compute.add(type, FIRST + i, "g" + i, new NicConfig.Dhcp());
            compute.histories.put(id, History.NEVER_RAN);
        }
    }

    private void begin() {
        engine.start();
        timer.manual.advance(Duration.ZERO);
    }

    /** The first pass is over, and all guests are settled. */
    private void settled() {
        guests(GUESTS);
        begin();
        assertThat(engine.overview(false).guests()).hasSize(GUESTS);
        engine.sync(new SyncOptions(false, false));
        assertThat(engine.overview(false).guests()).allMatch(guest -> guest.state() == GuestState.SETTLED);
        quiet();
    }

    private void quiet() {
        clock.advance(Duration.ofMinutes(5));
        calls.reset();
        router.batches.clear();
    }

    private HookAnswer start(int vmid) {
        return engine.hook(new HookEvent(vmid, HookEvent.Phase.PRE_START, "pve1", ""), WAIT);
    }

    @ParameterizedTest
    @EnumSource(GuestType.class)
    void theStartOfASettledGuestReadsItsConfigAndItsRows(GuestType type) {
        settled();
        int vmid = type == GuestType.LXC ? FIRST : FIRST + 1;

        assertThat(start(vmid)).isInstanceOf(HookAnswer.Settled.class);

        assertThat(calls.all()).isEqualTo(Map.of("Compute.read", 1, "Ipam.rowsOf", 1));
    }

    @Test
    void soDoesTheStartOfAVmThatHasRun() {
        settled();
        GuestId vm = FakeCompute.id(GuestType.QEMU, FIRST + 1);
        compute.histories.put(vm, History.HAS_RUN);
        compute.status(vm, GuestStatus.RUNNING, Duration.ofMinutes(1));
        assertThat(engine.sync(vm.vmid(), new SyncOptions(false, false))).isPresent();
        compute.status(vm, GuestStatus.STOPPED, Duration.ZERO);
        assertThat(engine.sync(vm.vmid(), new SyncOptions(false, false))).isPresent();
        quiet();

        assertThat(start(vm.vmid())).isInstanceOf(HookAnswer.Settled.class);

        assertThat(calls.all()).isEqualTo(Map.of("Compute.read", 1, "Ipam.rowsOf", 1));
    }

    @Test
    void theFirstStartOfANewVmIsOneReadOneClaimAndOneCommitUntilTheAnswer() {
        settled();
        GuestId vm = compute.add(GuestType.QEMU, 301, "new", new NicConfig.Dhcp());
        compute.histories.put(vm, History.NEVER_RAN);
        // A poll shows a clone that is not ready yet.
        compute.status(vm, GuestStatus.UNKNOWN, Duration.ZERO);
        timer.manual.advance(POLL);
        compute.status(vm, GuestStatus.STOPPED, Duration.ZERO);
        calls.reset();

        assertThat(start(301)).isInstanceOf(HookAnswer.Settled.class);

        assertThat(calls.of(Compute.class)).isEqualTo(Map.of("read", 1, "history", 1));
        assertThat(calls.of(Ipam.class)).isEqualTo(Map.of("rowsIn", 1, "claim", 1, "rowsOf", 1));
        assertThat(calls.of("Router.apply")).isEqualTo(1);
        assertThat(calls.of("Router.read")).as("a view that is older than 30 s").isEqualTo(1);
        assertThat(router.batches).hasSize(1);
    }

    @Test
    void theConfigOfANewGuestIsReadBesideTheRowsAndTheRouter() {
        settled();
        compute.add(GuestType.LXC, 301, "new", new NicConfig.Dhcp());
        CountDownLatch router = new CountDownLatch(1);
        this.router.onRead = router::countDown;
        compute.onRead = () -> FakeRouter.await(router);

        assertThat(start(301)).isInstanceOf(HookAnswer.Settled.class);

        assertThat(calls.of(Ipam.class)).isEqualTo(Map.of("rowsIn", 1, "claim", 1, "rowsOf", 1));
        assertThat(calls.of("Router.read")).isEqualTo(1);
    }

    @Test
    void aNewContainerThatNoListHasShownCostsAListMore() {
        settled();
        compute.add(GuestType.LXC, 301, "new", new NicConfig.Dhcp());

        assertThat(start(301)).isInstanceOf(HookAnswer.Settled.class);

        assertThat(calls.of(Compute.class)).isEqualTo(Map.of("inventory", 1, "read", 1));
        assertThat(calls.of(Ipam.class)).isEqualTo(Map.of("rowsIn", 1, "claim", 1, "rowsOf", 1));
        assertThat(router.batches).hasSize(1);
    }

    @Test
    void aPassWithNothingToDoReadsEachThingOnce() {
        settled();

        timer.manual.advance(PASS);

        int polls = (int) PASS.dividedBy(POLL);
        assertThat(calls.all())
                .isEqualTo(Map.of(
                        "Compute.inventory",
                        1 + polls,
                        "Compute.read",
                        GUESTS,
                        "Ipam.rowsIn",
                        1,
                        "Ipam.check",
                        1,
                        "Router.read",
                        1));
    }

    @Test
    void theFirstPassOverNewGuestsClaimsAllTogetherAndCommitsOnce() {
        guests(GUESTS);

        begin();

        assertThat(ipam.rows).hasSize(GUESTS);
        assertThat(calls.of("Ipam.rowsIn")).isEqualTo(1);
        assertThat(calls.of("Ipam.claim")).isEqualTo(1);
        assertThat(calls.of("Ipam.rowsOf")).isEqualTo(1);
        assertThat(calls.of("Router.apply")).isEqualTo(1);
        assertThat(calls.of("Router.read")).isEqualTo(1);
        assertThat(router.batches).hasSize(1);
        assertThat(calls.of("Compute.inventory")).isEqualTo(1);
        assertThat(calls.of("Compute.write")).isEqualTo(GUESTS);
        assertThat(calls.of("Compute.history")).as("once for each VM").isEqualTo(GUESTS / 2);
        assertThat(calls.of("Compute.status"))
                .as("before and after each write into a VM")
                .isEqualTo(GUESTS);
        assertThat(calls.of("Compute.read"))
                .as("once more before each write into a VM")
                .isEqualTo(GUESTS + GUESTS / 2);
        calls.reset();

        timer.manual.advance(Duration.ofMinutes(1));

        assertThat(calls.all().keySet()).as("no run follows").containsExactly("Compute.inventory");
    }

    @Test
    void aStormOfNewGuestsIsThreeCommitsAtMost() {
        settled();
        int storm = 50;
        for (int i = 0; i < storm; i++) {
            compute.add(GuestType.LXC, 301 + i, "new" + i, new NicConfig.Dhcp());
        }
        AtomicInteger sessions = new AtomicInteger();
        // The first session lasts until all others wait for it, as a commit does.
        router.onApply = () -> {
            if (sessions.incrementAndGet() == 1) {
                await().until(() -> ipam.rows.size() == GUESTS + storm && timer.allRunsWait());
            }
        };
        List<CompletableFuture<HookAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < storm; i++) {
            int vmid = 301 + i;
            answers.add(CompletableFuture.supplyAsync(
                    () -> start(vmid), task -> Thread.ofVirtual().start(task)));
        }

        assertThat(answers).allMatch(answer -> answer.join() instanceof HookAnswer.Settled);

        assertThat(router.batches).hasSizeLessThanOrEqualTo(3);
        assertThat(sessions.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void thePageAsksNothingHoweverOftenItIsShown() {
        settled();

        for (int i = 0; i < 5; i++) {
            assertThat(engine.overview(false).guests()).hasSize(GUESTS);
            assertThat(engine.guest(FIRST, false)).isPresent();
            assertThat(engine.networks(false)).hasSize(1);
            assertThat(engine.leases(false).value()).isEmpty();
            assertThat(engine.health().up()).isTrue();
        }

        assertThat(calls.all()).isEmpty();
    }
}
