package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.berth.engine.port.PeerException;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.Nets;
import net.berth.plan.view.GuestState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A system refuses a change. */
@Timeout(60)
class RefusalTest {
    private static final Duration POLL = Duration.ofSeconds(10);

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final ManualTimer timer = new ManualTimer();
    private final SettableClock clock = new SettableClock();
    private final Engine engine = Engines.writing()
            .in(Nets.LAN)
            .every(POLL, Duration.ofDays(1))
            .at(clock)
            .over(compute, ipam, router, timer);
    private final GuestId web = compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());
    private final GuestId db = compute.add(GuestType.LXC, 102, "db", new NicConfig.Dhcp());

    @BeforeEach
    void settle() {
        compute.refuses = "Permission check failed (/vms/101, VM.Config.Network)";
        engine.start();
        timer.advance(Duration.ZERO);
        assertThat(router.mappings).hasSize(2);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void pass(Duration time) {
        clock.advance(time);
        timer.advance(time);
    }

    private void starts(GuestId guest) {
        engine.hook(new HookEvent(guest.vmid(), HookEvent.Phase.PRE_START, "pve1", ""), Duration.ofSeconds(20));
    }

    @Test
    void theConflictOfAGuestThatIsNoLongerManagedIsGone() {
        assertThat(engine.overview(false).guests()).allMatch(report -> report.conflicts().stream()
                .anyMatch(conflict -> conflict.code() == ConflictCode.GUEST_REFUSED));

        compute.change(web, FakeCompute::withoutHook);
        engine.hook(new HookEvent(101, HookEvent.Phase.POST_STOP, "pve1", ""), Duration.ofSeconds(20));

        assertThat(engine.overview(false).guests())
                .filteredOn(report -> report.guest().id().equals(web))
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.conflicts()).isEmpty();
                    assertThat(report.state()).isEqualTo(GuestState.UNMANAGED);
                });
    }

    @Test
    void whatTheRouterRefusesToRemoveOfAGoneGuestIsTriedAgainAfterAMinute() {
        router.refuse = "commit failed";
        int before = router.batches.size();
        compute.guests.remove(web);
        pass(POLL);
        pass(POLL);
        await().until(() -> router.batches.size() == before + 1);
        await().until(() -> timer.waits().stream()
                .anyMatch(wait -> wait.compareTo(POLL) > 0 && wait.compareTo(Duration.ofMinutes(1)) <= 0));

        for (int i = 0; i < 5; i++) {
            pass(POLL);
        }
        engine.sync(102, SyncOptions.PLAIN);
        assertThat(router.batches).as("not before the minute is over").hasSize(before + 1);

        router.refuse = "";
        pass(POLL);
        await().until(() -> router.mappings.size() == 1);
    }

    @Test
    void whatTheRouterRefusedIsNotSentAtEachStartAndPassButAfterGrowingPauses() {
        router.refuse = "ALARM: after the commit dnsmasq did not run any more";
        GuestId shop = compute.add(GuestType.LXC, 103, "shop", new NicConfig.Dhcp());
        starts(shop);
        int sent = router.batches.size();

        for (Duration pause : List.of(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(4))) {
            clock.advance(pause.minusSeconds(5));
            starts(shop);
            starts(web);
            engine.sync(SyncOptions.PLAIN);
            assertThat(router.batches).as("within %s", pause).hasSize(sent);
            assertThat(engine.guest(103, false).orElseThrow().conflicts())
                    .extracting(Conflict::code)
                    .contains(ConflictCode.ROUTER_REFUSED);
            clock.advance(Duration.ofSeconds(10));
            starts(shop);
            assertThat(router.batches).as("after %s", pause).hasSize(++sent);
        }
    }

    @Test
    void anotherChangeAndAnOrderAreSentAtOnce() {
        router.refuse = "commit failed";
        GuestId shop = compute.add(GuestType.LXC, 103, "shop", new NicConfig.Dhcp());
        starts(shop);
        int sent = router.batches.size();

        compute.rename(shop, "store");
        starts(shop);
        assertThat(router.batches).hasSize(sent + 1);

        router.refuse = "";
        engine.sync(103, SyncOptions.PLAIN);
        assertThat(router.mappings).extracting(Mapping::name).contains("store");
        assertThat(engine.guest(103, false).orElseThrow().conflicts())
                .extracting(Conflict::code)
                .doesNotContain(ConflictCode.ROUTER_REFUSED);
    }

    @Test
    void aReleaseThatTheRouterRefusesSaysWhatWasDone() {
        router.refuse = "commit failed";

        assertThatThrownBy(() -> engine.release(Set.of(101, 102), false))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("commit failed")
                .hasMessageContaining("done so far")
                .hasMessageContaining("give the order again");

        assertThat(ipam.rows).allMatch(AddressRow::quarantined);
        router.refuse = "";
        engine.release(Set.of(101, 102), false);
        assertThat(router.mappings).isEmpty();
        assertThat(engine.plan().guests())
                .filteredOn(report -> report.guest().id().equals(db))
                .allMatch(report -> report.state() == GuestState.UNMANAGED);
    }
}
