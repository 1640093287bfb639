package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.RealTimer;
import net.berth.engine.report.GuestReport;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.Policy;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.plan.Change;
import net.berth.plan.GuestEdits;
import net.berth.plan.view.GuestState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A person lets go of guests. */
class LettingGoTest {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final SyncOptions LOOK = new SyncOptions(true, false);
    private static final Mapping PRINTER =
            new Mapping("LAN", "192.168.1.0/24", "printer", "192.168.1.5", "00:00:5e:00:53:05", false);

    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final FakeRouter router = new FakeRouter();
    private final RealTimer timer = new RealTimer();
    private final GuestId web = compute.add(GuestType.QEMU, 101, "web", new NicConfig.Dhcp());
    private final GuestId files = compute.add(GuestType.LXC, 201, "files", new NicConfig.Dhcp());
    private Engine engine = engine(Policy.Mode.SYNC);

    private Engine engine(Policy.Mode mode) {
        return Engines.usual().mode(mode).over(compute, ipam, router, timer);
    }

    @AfterEach
    void stop() {
        engine.close();
        timer.close();
    }

    private void settle() {
        router.mappings.add(PRINTER);
        engine.sync(SyncOptions.PLAIN);
        assertThat(router.mappings).hasSize(3);
    }

    private AddressRow row(GuestId guest) {
        return ipam.of(new NicId(guest, 0)).orElseThrow();
    }

    @Test
    void dryRunNamesEveryEntryAndTouchesNone() {
        settle();
        List<Change> changes = engine.releaseAll(true);
        assertThat(changes).extracting(Change::what).hasSize(6).noneMatch(what -> what.contains("printer"));
        assertThat(router.mappings).hasSize(3);
        assertThat(row(web).quarantined()).isFalse();
    }

    @Test
    void allGoInOneBatchAndWhatIsForeignStays() {
        settle();
        int batches = router.batches.size();
        engine.releaseAll(false);
        assertThat(router.mappings).containsExactly(PRINTER);
        assertThat(router.records).isEmpty();
        assertThat(router.batches).hasSize(batches + 1);
        assertThat(row(web).quarantined()).isTrue();
        assertThat(row(files).quarantined()).isTrue();
        assertThat(engine.releaseAll(true)).isEmpty();
    }

    @Test
    void guestThatWasLetGoIsLeftAloneByPassesOfEveryReceiver() {
        settle();
        engine.release(Set.of(101), false);
        assertThat(engine.plan().pending()).isFalse();
        engine.sync(SyncOptions.PLAIN);
        engine.close();
        engine = engine(Policy.Mode.SYNC);
        engine.sync(SyncOptions.PLAIN);
        assertThat(row(web).quarantined()).isTrue();
        assertThat(row(files).quarantined()).isFalse();
        assertThat(router.mappings).hasSize(2);
        GuestReport report = engine.guest(101, true).orElseThrow();
        assertThat(report.state()).isEqualTo(GuestState.UNMANAGED);
        assertThat(report.nics().getFirst().remarks().note()).contains("released with berth release");
    }

    @Test
    void nextStartTakesItUpAgainWithItsAddress() {
        settle();
        IpAddress before = row(web).address();
        engine.release(Set.of(101), false);
        engine.hook(new HookEvent(101, HookEvent.Phase.PRE_START, "pve1", ""), WAIT);
        compute.status(web, GuestStatus.RUNNING, Duration.ofHours(1));
        engine.sync(SyncOptions.PLAIN);
        assertThat(row(web).quarantined()).isFalse();
        assertThat(row(web).address()).isEqualTo(before);
        assertThat(router.mappings).anyMatch(mapping -> mapping.maps(before));
        assertThat(engine.sync(101, LOOK).orElseThrow().state()).isEqualTo(GuestState.SETTLED);
    }

    @Test
    void guestThatIsGoneCanBeLetGoWithoutWaiting() {
        settle();
        compute.guests.remove(web);
        engine.release(Set.of(101), false);
        assertThat(row(web).quarantined()).isTrue();
        assertThat(router.mappings).extracting(Mapping::name).containsExactlyInAnyOrder("printer", "files");
    }

    /** As when a VM was destroyed and a container made with its number, and too many went for that to be taken as meant. */
    @Test
    void ofANumberThatIsInUseAgainTheGuestThatIsGoneIsLetGo() {
        settle();
        compute.guests.remove(web);
        GuestId heir = compute.add(GuestType.LXC, 101, "heir", new NicConfig.Dhcp());
        MacAddress own = new MacAddress("BC:24:11:00:FF:01");
        compute.change(
                heir,
                guest -> GuestEdits.eachNic(
                        guest, nic -> new Nic(nic.id(), own, nic.bridge(), nic.vlan(), nic.config())));
        engine.sync(101, SyncOptions.PLAIN);
        assertThat(row(heir).quarantined()).isFalse();

        assertThat(engine.release(Set.of(101), true))
                .extracting(change -> change.nic().guest())
                .containsOnly(web);
        engine.release(Set.of(101), false);
        assertThat(row(web).quarantined()).isTrue();
        assertThat(row(heir).quarantined()).isFalse();
        assertThat(router.mappings).extracting(Mapping::name).containsExactlyInAnyOrder("printer", "files", "heir");

        assertThat(engine.release(Set.of(101), false)).as("said once more").isEmpty();
    }

    @Test
    void nobodyIsLetGoByAnOrderThatNamesNobody() {
        settle();
        assertThat(engine.release(Set.of(), false)).isEmpty();
        assertThat(row(web).quarantined()).isFalse();
    }

    @Test
    void modeReportChangesNothingEvenByOrder() {
        settle();
        engine.close();
        engine = engine(Policy.Mode.REPORT);
        assertThat(engine.releaseAll(true)).isNotEmpty();
        assertThatExceptionOfType(PeerException.class)
                .isThrownBy(() -> engine.releaseAll(false))
                .withMessageContaining("mode: report");
        assertThat(router.mappings).hasSize(3);
    }
}
