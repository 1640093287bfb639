package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.berth.engine.port.Compute.History;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.Inventory;
import net.berth.model.IpAddress;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;
import net.berth.model.row.NewRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowStatus;
import net.berth.plan.Situation.Boot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether a VM's disk has run: what tells it, and what is believed where nobody tells. */
class FirstBootTest {
    private final FakeCompute compute = new FakeCompute();
    private final FakeIpam ipam = new FakeIpam();
    private final Watch watch = new Watch();
    private final FirstBoot firstBoot = new FirstBoot(compute, watch);

    @BeforeEach
    void aReceiverThatWatches() {
        watch.observe(new Inventory(List.of(), ""));
    }

    /** A VM that appears while the receiver watches. */
    private Guest appears(int vmid) {
        GuestId id = compute.add(GuestType.QEMU, vmid, "vm" + vmid, new NicConfig.Dhcp());
        watch.observe(compute.inventory());
        return compute.guests.get(id);
    }

    private AddressRow bootedRow(GuestId guest, String uuid) {
        ipam.claim(new NewRow(
                new NicId(guest, 0),
                IpAddress.parse("192.168.1." + (ipam.rows.size() + 20)),
                "vm",
                "vm.home.lan",
                RowStatus.ASSIGNED,
                Map.of(RowAttributes.UUID, uuid, RowAttributes.BOOTED, RowAttributes.YES)));
        return ipam.rows.getLast();
    }

    @Test
    void withoutAHistoryItIsNewIfItAppearedHere() {
        assertThat(firstBoot.of(appears(101), List.of(), true)).isEqualTo(Boot.FRESH);
        GuestId old = FakeCompute.id(GuestType.QEMU, 102);
        Watch late = new Watch();
        Guest guest = appears(old.vmid());
        late.observe(compute.inventory());
        assertThat(new FirstBoot(compute, late).of(guest, List.of(), true)).isEqualTo(Boot.HAS_RUN);
    }

    @Test
    void theHistoryIsBelievedBeforeWhatWasSeen() {
        Guest restored = appears(101);
        compute.histories.put(restored.id(), History.HAS_RUN);
        assertThat(firstBoot.of(restored, List.of(), true)).isEqualTo(Boot.HAS_RUN);
    }

    @Test
    void aRestoreUnderAnotherNumberIsKnownByItsUuidWithoutAnyHistory() {
        Guest restored = appears(111);
        AddressRow original = bootedRow(FakeCompute.id(GuestType.QEMU, 101), "UUID-111");
        assertThat(firstBoot.of(restored, List.of(original), true)).isEqualTo(Boot.HAS_RUN);
        AddressRow others = bootedRow(FakeCompute.id(GuestType.QEMU, 102), "uuid-102");
        assertThat(firstBoot.of(restored, List.of(others), true)).isEqualTo(Boot.FRESH);
    }

    @Test
    void theRowOfAnEarlierMachineWithTheNumberSaysNothing() {
        Guest second = appears(101);
        assertThat(firstBoot.of(second, List.of(bootedRow(second.id(), "uuid-of-the-first")), true))
                .isEqualTo(Boot.FRESH);
    }

    @Test
    void itsFirstSecondsAreShortAndItsSecondStartHasNone() {
        Guest vm = appears(101);
        assertThat(firstBoot.of(vm, List.of(), true)).isEqualTo(Boot.FRESH);
        compute.status(vm.id(), GuestStatus.RUNNING, Duration.ofSeconds(1));
        assertThat(firstBoot.of(compute.guests.get(vm.id()), List.of(), true)).isEqualTo(Boot.FIRST_SECONDS);
        compute.status(vm.id(), GuestStatus.RUNNING, FirstBoot.FIRST_SECONDS.plusSeconds(1));
        assertThat(firstBoot.of(compute.guests.get(vm.id()), List.of(), true)).isEqualTo(Boot.HAS_RUN);
        compute.status(vm.id(), GuestStatus.RUNNING, Duration.ofSeconds(1));
        assertThat(firstBoot.of(compute.guests.get(vm.id()), List.of(), true)).isEqualTo(Boot.HAS_RUN);
    }

    @Test
    void aStartThatThisReceiverDidNotSeeBeginMayBeTheSecond() {
        Guest vm = appears(101);
        assertThat(firstBoot.of(vm, List.of(), false)).isEqualTo(Boot.FRESH);
        compute.status(vm.id(), GuestStatus.RUNNING, Duration.ofSeconds(1));
        assertThat(firstBoot.of(compute.guests.get(vm.id()), List.of(), false)).isEqualTo(Boot.HAS_RUN);
    }

    @Test
    void oneThatWasListedAsRunningHasRunWhereNobodyTells() {
        Guest vm = appears(101);
        compute.status(vm.id(), GuestStatus.RUNNING, Duration.ofMinutes(1));
        watch.observe(compute.inventory());
        compute.status(vm.id(), GuestStatus.STOPPED, Duration.ZERO);
        watch.observe(compute.inventory());
        assertThat(firstBoot.of(vm, List.of(), true)).isEqualTo(Boot.HAS_RUN);
    }

    @Test
    void oneThatWasReadAsRunningHasRunWhereNobodyTells() {
        Guest vm = appears(101);
        compute.status(vm.id(), GuestStatus.RUNNING, Duration.ofMinutes(1));
        assertThat(firstBoot.of(compute.guests.get(vm.id()), List.of(), false)).isEqualTo(Boot.HAS_RUN);
        assertThat(firstBoot.of(vm, List.of(), true)).isEqualTo(Boot.HAS_RUN);
    }

    @Test
    void whatTheHistoryOnceSaidHoldsWhenItCannotBeReadAnyMore() {
        Guest vm = appears(101);
        compute.histories.put(vm.id(), History.HAS_RUN);
        assertThat(firstBoot.of(vm, List.of(), true)).isEqualTo(Boot.HAS_RUN);
        compute.histories.put(vm.id(), History.UNKNOWN);
        assertThat(firstBoot.of(vm, List.of(), true)).isEqualTo(Boot.HAS_RUN);
    }

    @Test
    void aBackupOfAStoppedOneIsNoRun() {
        Guest vm = appears(101);
        watch.observe(new Inventory(
                List.of(new Inventory.Entry(vm.id(), "pve1", "vm101", GuestStatus.RUNNING, "backup")), ""));
        assertThat(firstBoot.of(vm, List.of(), true)).isEqualTo(Boot.FRESH);
    }
}
