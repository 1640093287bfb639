package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.MacAddress;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.plan.GuestEdits;
import net.berth.plan.Nets;
import net.berth.plan.view.GuestState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The owner of a guest changes its name or NICs again and again: the router does not commit at their pace. */
@Timeout(60)
class OftenChangedTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final ManualTimer timer = new ManualTimer();
    private final SettableClock clock = new SettableClock();
    private final Engine engine = Engines.usual()
            .in(Nets.LAN)
            .every(Duration.ofDays(1), Duration.ofDays(1))
            .at(clock)
            .over(compute, ipam, router, timer);
    private final GuestId web = compute.add(GuestType.LXC, 101, "web", new NicConfig.Dhcp());

    OftenChangedTest() {
        hook(HookEvent.Phase.PRE_START);
        compute.status(web, GuestStatus.RUNNING, Duration.ofHours(1));
        hook(HookEvent.Phase.POST_START);
        assertThat(router.batches).hasSize(1);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private HookAnswer hook(HookEvent.Phase phase) {
        return engine.hook(new HookEvent(101, phase, "pve1", ""), Duration.ofSeconds(20));
    }

    private void pass(Duration time) {
        clock.advance(time);
        timer.advance(time);
    }

    /** The guest's change waits until then. */
    private void passOnceItWaits(Duration time) {
        await().until(() -> timer.waits().stream().anyMatch(wait -> wait.compareTo(Duration.ofMinutes(5)) <= 0));
        pass(time);
    }

    /** One name a second, each with an event. */
    private void rename(int seconds) {
        for (int i = 0; i < seconds; i++) {
            pass(SECOND);
            compute.rename(web, "web" + i);
            hook(HookEvent.Phase.POST_START);
        }
    }

    private void changeMac(int last) {
        MacAddress mac = new MacAddress("BC:24:11:00:00:%02X".formatted(last));
        compute.change(
                web,
                guest -> GuestEdits.eachNic(
                        guest, nic -> new Nic(nic.id(), mac, nic.bridge(), nic.vlan(), nic.config())));
    }

    @Test
    void aNameEachSecondCostsAFewCommitsAndTheLastOneIsReached() {
        int edits = ipam.edits;
        rename(30);
        assertThat(router.batches).hasSizeLessThanOrEqualTo(1 + 7);
        assertThat(ipam.edits)
                .as("each with the note that the old name is off the router")
                .isLessThanOrEqualTo(edits + 14);
        assertThat(engine.guest(101, false).orElseThrow().state()).isEqualTo(GuestState.PENDING);

        passOnceItWaits(Duration.ofMinutes(1));
        await().until(() -> router.mappings.stream().map(Mapping::name).toList().equals(List.of("web29")));
        assertThat(router.records).extracting(DnsRecord::name).containsExactly("web29.home.lan");
    }

    @Test
    void hoursOfItCostACommitInFiveMinutes() {
        rename(3600);
        assertThat(router.batches).hasSizeLessThanOrEqualTo(25);
    }

    @Test
    void aFewChangesInARowAreCarriedOutAtOnce() {
        rename(4);
        assertThat(router.mappings).extracting(Mapping::name).containsExactly("web3");
    }

    @Test
    void afterACalmMinuteAllIsAsBefore() {
        rename(8);
        passOnceItWaits(Duration.ofMinutes(2));
        await().until(() -> router.mappings.getFirst().name().equals("web7"));
        pass(Duration.ofMinutes(2));
        compute.rename(web, "calm");
        hook(HookEvent.Phase.POST_START);
        assertThat(router.mappings).extracting(Mapping::name).containsExactly("calm");
    }

    @Test
    void anOrderIsCarriedOutAtOnce() {
        rename(8);
        engine.sync(101, SyncOptions.PLAIN);
        assertThat(router.mappings).extracting(Mapping::name).containsExactly("web7");
    }

    @Test
    void aStartIsNotHeldAndGetsTheAddressOfItsMac() {
        rename(8);
        changeMac(0xEE);
        assertThat(hook(HookEvent.Phase.PRE_START)).isInstanceOf(HookAnswer.Settled.class);
        assertThat(router.mappings).singleElement().satisfies(mapping -> assertThat(mapping.mac())
                .contains(new MacAddress("BC:24:11:00:00:EE")));
    }

    @Test
    void aStartUnderAnotherNameWaitsForNothing() {
        rename(8);
        int commits = router.batches.size();
        compute.rename(web, "again");
        assertThat(hook(HookEvent.Phase.PRE_START)).isInstanceOf(HookAnswer.Accepted.class);
        assertThat(router.batches).hasSize(commits);
        passOnceItWaits(Duration.ofMinutes(1));
        await().until(() -> router.mappings.getFirst().name().equals("again"));
    }

    @Test
    void whatAnAdminEditsOnTheRouterIsCorrectedAtOnce() {
        rename(4);
        router.mappings.clear();
        pass(SECOND);
        engine.sync(SyncOptions.PLAIN);
        assertThat(router.mappings).extracting(Mapping::name).containsExactly("web3");
    }

    @Test
    void otherGuestsDoNotWait() {
        rename(8);
        compute.add(GuestType.LXC, 102, "db", new NicConfig.Dhcp());
        engine.hook(new HookEvent(102, HookEvent.Phase.PRE_START, "pve1", ""), Duration.ofSeconds(20));
        assertThat(router.mappings).extracting(Mapping::name).contains("db");
    }

    @Test
    void aFullPassAndALostGuestWaitNoLongerThanTheGuest() {
        rename(8);
        int commits = router.batches.size();
        engine.sync(SyncOptions.PLAIN);
        assertThat(router.batches).as("a pass is no way around").hasSize(commits);
        passOnceItWaits(Duration.ofMinutes(1));
        await().until(() -> router.mappings.getFirst().name().equals("web7"));
    }
}
