package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import net.berth.engine.report.GuestReport;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.Policy;
import net.berth.model.row.RowStatus;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestEdits;
import net.berth.plan.Nets;
import net.berth.plan.view.GuestState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Polls, retries and releases, with time that passes only when the test says so. */
class LoopTest {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofSeconds(10);
    private static final NicConfig DHCP = new NicConfig.Dhcp();

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final ManualTimer timer = new ManualTimer();
    private Engine engine = engine(Policy.Mode.SYNC);

    private Engine engine(Policy.Mode mode) {
        return Engines.writing()
                .in(Nets.LAN)
                .mode(mode)
                .every(POLL, Duration.ofDays(1))
                .over(compute, ipam, router, timer);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void begin() {
        engine.start();
        timer.advance(Duration.ZERO);
    }

    private void polls(int times) {
        for (int i = 0; i < times; i++) {
            timer.advance(POLL);
        }
    }

    private void hook(GuestId guest, HookEvent.Phase phase) {
        assertThat(engine.hook(new HookEvent(guest.vmid(), phase, "pve1", ""), WAIT))
                .isInstanceOf(HookAnswer.Settled.class);
    }

    @Test
    void aFreshCloneWithoutStatusAndNameIsLeftAloneUntilProxmoxReportsIt() {
        begin();
        GuestId clone = compute.add(GuestType.LXC, 201, "", DHCP);
        compute.status(clone, GuestStatus.UNKNOWN, Duration.ZERO);
        polls(2);
        compute.add(GuestType.LXC, 202, "witness", DHCP);
        polls(1);
        await().until(() -> ipam.rows.size() == 1);
        assertThat(ipam.rows).extracting("node").containsExactly("witness");
        compute.rename(clone, "web");
        compute.status(clone, GuestStatus.STOPPED, Duration.ZERO);
        polls(1);
        await().untilAsserted(() -> assertThat(ipam.rows).extracting("node").containsExactly("witness", "web"));
    }

    @Test
    void whatAnotherGuestsEventSawInPassingIsNotLostForThePoll() {
        compute.add(GuestType.LXC, 201, "web", DHCP);
        begin();
        compute.add(GuestType.LXC, 202, "clone", DHCP);
        engine.plan();
        assertThat(engine.guest(201, true)).isPresent();
        polls(1);
        await().untilAsserted(() -> assertThat(ipam.rows).extracting("node").containsExactly("web", "clone"));
    }

    @Test
    void aRenamedGuestIsFoundByThePoll() {
        GuestId web = compute.add(GuestType.LXC, 201, "web", DHCP);
        begin();
        compute.rename(web, "shop");
        polls(1);
        await().untilAsserted(
                        () -> assertThat(router.records).extracting("name").containsExactly("shop.home.lan"));
    }

    @Test
    void aPollThatFindsNothingNewAsksForNothing() {
        compute.add(GuestType.LXC, 201, "web", DHCP);
        begin();
        polls(1);
        await().untilAsserted(() -> assertThat(compute.writes).hasSize(1));
        int reads = compute.reads;
        polls(5);
        assertThat(compute.reads).isEqualTo(reads);
    }

    @Test
    void aGuestThatFailsDelaysNoOther() {
        GuestId broken = compute.add(GuestType.LXC, 201, "broken", DHCP);
        compute.failing.add(broken);
        compute.add(GuestType.LXC, 202, "sound", DHCP);
        begin();
        assertThat(ipam.rows).extracting("node").containsExactly("sound");
        assertThat(engine.plan().gaps()).singleElement().asString().contains("home/lxc/201", "cannot be read");
        compute.failing.clear();
        assertThat(engine.sync(SyncOptions.PLAIN).gaps()).isEmpty();
        assertThat(ipam.rows).hasSize(2);
    }

    @Test
    void aGuestThatCannotBeReadAnyMoreIsShownAsFailingWithTheCauseAndItsAddress() {
        GuestId web = compute.add(GuestType.LXC, 201, "web", DHCP);
        compute.add(GuestType.LXC, 202, "other", DHCP);
        begin();
        compute.failing.add(web);
        GuestReport shown = engine.overview(true).guests().getFirst();
        assertThat(shown.guest().id()).isEqualTo(web);
        assertThat(shown.state()).isEqualTo(GuestState.FAILING);
        assertThat(shown.failure()).contains("cannot be read");
        assertThat(shown.nics().getFirst().address()).startsWith("192.168.1.");
        assertThat(engine.plan().pending()).isFalse();
        compute.failing.clear();
        assertThat(engine.overview(true).guests())
                .allMatch(guest -> guest.failure().isEmpty());
    }

    @Test
    void anAddressInAConfigThatCannotBeReadAnyMoreGoesToNobodyElse() {
        engine.close();
        engine = engine(Policy.Mode.REPORT);
        NicConfig fixed = new NicConfig.Static(net.berth.model.InterfaceAddress.parse("192.168.1.20/24"), "");
        GuestId old = compute.add(GuestType.LXC, 201, "old", fixed);
        compute.add(GuestType.LXC, 202, "new", DHCP);
        begin();
        compute.failing.add(old);
        assertThat(engine.plan().guests().getFirst().changes())
                .filteredOn(net.berth.plan.Change.Claim.class::isInstance)
                .extracting(net.berth.plan.Change::what)
                .singleElement()
                .asString()
                .doesNotContain("192.168.1.20 ");
    }

    @Test
    void pausesGrowAndANewEventCutsThemShort() {
        GuestId web = compute.add(GuestType.LXC, 201, "web", DHCP);
        compute.down = true;
        HookEvent event = new HookEvent(201, HookEvent.Phase.POST_START, "pve1", "");
        assertThatThrownBy(() -> engine.hook(event, WAIT)).hasMessageContaining("Proxmox does not answer");
        Duration last = Duration.ZERO;
        for (int i = 0; i < 6; i++) {
            await().until(() -> timer.waits().size() == 1);
            Duration pause = timer.waits().getFirst();
            assertThat(pause).isBetween(Duration.ofMillis(250L << i), Duration.ofMillis(500L << i));
            assertThat(pause.compareTo(last)).isGreaterThanOrEqualTo(0);
            last = pause;
            timer.advance(pause);
        }
        await().until(() -> timer.waits().size() == 1);
        compute.down = false;
        hook(web, HookEvent.Phase.POST_START);
        assertThat(ipam.rows).hasSize(1);
        assertThat(timer.waits()).as("the retry is off").allMatch(wait -> wait.compareTo(Duration.ofSeconds(1)) > 0);
    }

    @Test
    void anEventDuringWorkMakesOneMoreRunAndManyMakeOneToo() {
        compute.add(GuestType.LXC, 201, "web", DHCP);
        router.hold = new CountDownLatch(1);
        HookEvent event = new HookEvent(201, HookEvent.Phase.POST_START, "pve1", "");
        assertThat(engine.hook(event, Duration.ZERO)).isInstanceOf(HookAnswer.Accepted.class);
        await().until(() -> ipam.adds == 1);
        int reads = compute.reads;
        for (int i = 0; i < 20; i++) {
            assertThat(engine.hook(event, Duration.ZERO)).isInstanceOf(HookAnswer.Accepted.class);
        }
        assertThat(compute.reads).as("one at a time").isEqualTo(reads);
        router.hold.countDown();
        hook(FakeCompute.id(GuestType.LXC, 201), HookEvent.Phase.POST_START);
        assertThat(compute.reads - reads).as("runs after the first").isBetween(1, 2);
    }

    @Test
    void aSlowStartIsNotTakenForAStop() {
        GuestId web = compute.add(GuestType.LXC, 201, "web", DHCP);
        hook(web, HookEvent.Phase.PRE_START);
        timer.advance(Duration.ofSeconds(5));
        compute.status(web, GuestStatus.RUNNING, Duration.ZERO);
        hook(web, HookEvent.Phase.POST_START);
        await().untilAsserted(() -> assertThat(compute.writes).hasSize(1));
        assertThat(ipam.edits).isZero();
    }

    @Test
    void aStartThatFailedIsNoticedWithoutAnotherEvent() {
        GuestId web = compute.add(GuestType.LXC, 201, "web", DHCP);
        hook(web, HookEvent.Phase.PRE_START);
        await().until(() -> !timer.waits().isEmpty());
        timer.advance(Duration.ofSeconds(15));
        await().untilAsserted(() -> assertThat(ipam.rows.getFirst().status()).isEqualTo(RowStatus.RESERVED));
    }

    @Test
    void theStatusIsOneSmallWriteForEachChangeAndNeverBeforeTheHookIsAnswered() {
        GuestId web = compute.add(GuestType.LXC, 201, "web", DHCP);
        compute.status(web, GuestStatus.RUNNING, Duration.ofMinutes(1));
        hook(web, HookEvent.Phase.POST_START);
        for (int i = 1; i <= 3; i++) {
            compute.status(web, GuestStatus.STOPPED, Duration.ZERO);
            hook(web, HookEvent.Phase.POST_STOP);
            int expected = 2 * i - 1;
            await().until(() -> ipam.edits == expected);
            hook(web, HookEvent.Phase.PRE_START);
            assertThat(ipam.edits).as("never on the hook's path").isEqualTo(expected);
            compute.status(web, GuestStatus.RUNNING, Duration.ZERO);
            hook(web, HookEvent.Phase.POST_START);
            hook(web, HookEvent.Phase.POST_START);
            await().until(() -> ipam.edits == expected + 1);
        }
        polls(3);
        assertThat(ipam.edits).isEqualTo(6);
    }

    @Test
    void aStartDuringABackupIsSeenWhenTheLockClears() {
        GuestId web = compute.add(GuestType.LXC, 201, "web", DHCP);
        begin();
        polls(1);
        await().untilAsserted(() -> assertThat(ipam.rows.getFirst().status()).isEqualTo(RowStatus.RESERVED));
        compute.change(web, guest -> GuestEdits.locked(guest, "backup"));
        compute.status(web, GuestStatus.RUNNING, Duration.ofMinutes(1));
        polls(2);
        hook(web, HookEvent.Phase.POST_START);
        assertThat(ipam.rows.getFirst().status()).isEqualTo(RowStatus.RESERVED);
        compute.change(web, guest -> GuestEdits.locked(guest, ""));
        polls(1);
        await().untilAsserted(() -> assertThat(ipam.rows.getFirst().status()).isEqualTo(RowStatus.ASSIGNED));
    }

    @Test
    void aSystemThatHasNotAnsweredItsFirstCallIsNotUp() {
        List<Boolean> up = new ArrayList<>();
        compute.add(GuestType.LXC, 201, "web", DHCP);
        compute.beforeList = () -> up.add(engine.health().up());
        begin();
        await().untilAsserted(() -> assertThat(up).isNotEmpty());
        assertThat(up.getFirst()).isFalse();
        await().untilAsserted(() -> assertThat(engine.health().up()).isTrue());
    }

    @Test
    void nothingIsReleasedWhileProxmoxDoesNotSayThatAGuestIsGoneAndTheCauseIsShown() {
        GuestId web = compute.add(GuestType.LXC, 201, "web", DHCP);
        compute.add(GuestType.LXC, 202, "other", DHCP);
        begin();
        compute.guests.remove(web);
        compute.gap = "node pve2 is offline";
        polls(5);
        assertThat(engine.plan().gaps()).contains("node pve2 is offline");
        assertThat(engine.plan().releases()).isEmpty();
        compute.gap = "";
        compute.unsure = "Permission check failed (/vms/201, VM.Audit)";
        polls(3);
        await().untilAsserted(() ->
                assertThat(engine.plan().gaps()).singleElement().asString().contains("home/lxc/201", "VM.Audit"));
        assertThat(engine.plan().releases()).isEmpty();
        compute.down = true;
        polls(3);
        assertThat(engine.health().up()).isFalse();
        compute.down = false;
        assertThat(ipam.rows).hasSize(2).noneMatch(row -> row.quarantined());
        assertThat(router.mappings).hasSize(2);
        compute.unsure = "";
        timer.advance(Duration.ofMinutes(2));
        await().untilAsserted(() -> assertThat(ipam.of(new NicId(web, 0)))
                .hasValueSatisfying(row -> assertThat(row.quarantined()).isTrue()));
        await().untilAsserted(() -> assertThat(router.mappings).hasSize(1));
    }

    @Test
    void aDoubtOfBeforeDoesNotOutliveGuestsThatWereHeldMeanwhile() {
        compute.addStranger();
        GuestId web = compute.add(GuestType.LXC, 201, "web", DHCP);
        Map<GuestId, Guest> others = new HashMap<>();
        for (int vmid = 202; vmid < 222; vmid++) {
            GuestId other = compute.add(GuestType.LXC, vmid, "g" + vmid, DHCP);
            others.put(other, compute.guests.get(other));
        }
        begin();
        compute.guests.remove(web);
        compute.unsure = "Permission check failed (/vms/201, VM.Audit)";
        polls(3);
        await().until(() -> !engine.plan().gaps().isEmpty());
        compute.unsure = "";
        compute.guests.keySet().removeAll(others.keySet());
        polls(20);
        await().untilAsserted(() -> assertThat(engine.plan().gaps()).isEmpty());
        assertThat(engine.plan().conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.RELEASE_HELD);
            assertThat(conflict.message())
                    .contains("guests disappeared at once, which is more than release-limit (")
                    .contains("home/lxc/202, home/lxc/203");
            assertThat(conflict.fix()).contains("berth release ").contains(" 203 204 ");
        });
        compute.guests.putAll(others);
        timer.advance(Duration.ofDays(1));
        await().untilAsserted(() -> assertThat(ipam.of(new NicId(web, 0)))
                .hasValueSatisfying(row -> assertThat(row.quarantined()).isTrue()));
    }

    @Test
    void anOrderToWriteWaitsForTheLockAndIsCarriedOutOnce() {
        GuestId web = compute.add(GuestType.QEMU, 101, "web", DHCP);
        begin();
        compute.locked = true;
        engine.sync(101, new SyncOptions(false, true));
        assertThat(compute.writes).isEmpty();
        compute.locked = false;
        timer.advance(Duration.ofSeconds(1));
        await().until(() -> compute.writes.size() == 1);
        engine.sync(101, SyncOptions.PLAIN);
        compute.change(web, guest -> GuestEdits.eachNic(guest, nic -> GuestEdits.configured(nic, DHCP)));
        timer.advance(Duration.ofMinutes(1));
        engine.sync(101, SyncOptions.PLAIN);
        assertThat(compute.writes).as("a rollback is no new order").hasSize(1);
    }

    @Test
    void oneListWithoutAGuestReleasesNothing() {
        GuestId web = compute.add(GuestType.LXC, 201, "web", DHCP);
        compute.add(GuestType.LXC, 202, "other", DHCP);
        begin();
        net.berth.model.Guest kept = compute.guests.remove(web);
        polls(1);
        compute.guests.put(web, kept);
        polls(1);
        compute.guests.remove(web);
        polls(1);
        compute.guests.put(web, kept);
        polls(2);
        assertThat(ipam.rows).hasSize(2).noneMatch(row -> row.quarantined());
    }

    @Test
    void modeReportWritesNothingAtAll() {
        engine.close();
        engine = engine(Policy.Mode.REPORT);
        GuestId web = compute.add(GuestType.LXC, 201, "web", DHCP);
        begin();
        polls(3);
        engine.hook(new HookEvent(201, HookEvent.Phase.PRE_START, "pve1", ""), WAIT);
        engine.sync(SyncOptions.PLAIN);
        assertThat(engine.guest(201, true).orElseThrow().state()).isEqualTo(GuestState.PENDING);
        ipam.claimed(web, "192.168.1.20");
        compute.guests.clear();
        compute.add(GuestType.LXC, 202, "other", DHCP);
        polls(5);
        assertThat(ipam.adds + ipam.edits + ipam.removes + router.batches.size() + compute.writes.size())
                .isZero();
    }

    @Test
    void modeCreateMakesWhatIsMissingAndReleasesNothing() {
        engine.close();
        engine = engine(Policy.Mode.CREATE);
        GuestId web = compute.add(GuestType.LXC, 201, "web", DHCP);
        begin();
        assertThat(ipam.rows).hasSize(1);
        compute.guests.remove(web);
        compute.add(GuestType.LXC, 202, "other", DHCP);
        polls(5);
        await().until(() -> ipam.rows.size() == 2);
        assertThat(engine.plan().releases()).isEmpty();
        assertThat(ipam.rows).noneMatch(row -> row.quarantined());
    }
}
