package net.berth.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.berth.engine.FakeCompute;
import net.berth.engine.port.Compute.History;
import net.berth.engine.world.World;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.Inventory;
import net.berth.model.IpAddress;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.Policy;
import net.berth.model.ReservedNames;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowStatus;
import net.berth.plan.Planner;
import net.berth.plan.Situation.Boot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether a VM's disk has run: what shows it, and what is assumed where nothing does. */
class FirstBootTest {
    private final FakeCompute compute = new FakeCompute();
    private final World world = new World("home", 3, Clock.systemUTC());
    private final Planning planning = new Planning(
            new Planner(
                    List.of(),
                    new Policy(
                            Policy.Select.ALL,
                            "",
                            Policy.Mode.SYNC,
                            Policy.WriteBack.FIRST_BOOT,
                            Duration.ofHours(24),
                            3)),
            compute,
            world.pass(),
            () -> ReservedNames.NONE);

    @BeforeEach
    void aReceiverThatPolls() {
        compute.addStranger();
        poll();
    }

    private void poll() {
        polled(compute.inventory());
    }

    private void polled(Inventory list) {
        world.lists().polled(world.lists().arrived(world.lists().begin(), list, world.now()));
    }

    /** A VM that is created while the receiver polls. */
    private Guest appears(int vmid) {
        Guest guest = create(vmid);
        poll();
        return guest;
    }

    private Guest create(int vmid) {
        GuestId id = compute.add(GuestType.QEMU, vmid, "vm" + vmid, new NicConfig.Dhcp());
        return compute.guests.get(id);
    }

    private Guest runs(Guest guest, Duration uptime) {
        compute.status(guest.id(), GuestStatus.RUNNING, uptime);
        return compute.guests.get(guest.id());
    }

    private Boot of(Guest guest, List<AddressRow> rows, boolean starting) {
        return Planning.known(guest, rows).orElseGet(() -> planning.ask(guest, world.guest(guest.id()), starting));
    }

    private Boot starting(Guest guest) {
        return of(guest, List.of(), true);
    }

    private Boot looked(Guest guest) {
        return of(guest, List.of(), false);
    }

    private static AddressRow bootedRow(GuestId guest, String uuid) {
        return new AddressRow(
                1,
                IpAddress.parse("192.168.1.20"),
                AddressRow.SOURCE,
                new NicId(guest, 0).externalKey(),
                "vm",
                "vm.home.lan",
                RowStatus.ASSIGNED,
                List.of("berth"),
                Map.of(RowAttributes.UUID, uuid, RowAttributes.BOOTED, RowAttributes.YES));
    }

    @Test
    void withoutAHistoryItIsNewIfItAppearedHere() {
        assertThat(starting(appears(101))).isEqualTo(Boot.FRESH);
    }

    @Test
    void withoutAHistoryOneThatTheFirstListShowedHasRun() {
        Guest old = create(102);
        World late = new World("home", 3, Clock.systemUTC());
        late.lists().polled(late.lists().arrived(late.lists().begin(), compute.inventory(), late.now()));
        assertThat(planning.ask(old, late.guest(old.id()), true)).isEqualTo(Boot.HAS_RUN);
    }

    @Test
    void theHistoryCountsBeforeWhatWasSeen() {
        Guest restored = appears(101);
        compute.histories.put(restored.id(), History.HAS_RUN);
        assertThat(starting(restored)).isEqualTo(Boot.HAS_RUN);
    }

    @Test
    void theHistoryCountsForOneThatWasThereBeforeTheReceiver() {
        Guest vm = create(101);
        compute.histories.put(vm.id(), History.NEVER_RAN);
        assertThat(starting(vm)).isEqualTo(Boot.FRESH);
        assertThat(looked(runs(vm, Duration.ofSeconds(2)))).isEqualTo(Boot.FIRST_SECONDS);
    }

    @Test
    void aFirstStartThatThisReceiverDidNotSeeBeginIsKnownByTheHistory() {
        Guest vm = create(101);
        compute.histories.put(vm.id(), History.NEVER_RAN);
        assertThat(looked(runs(vm, Duration.ofSeconds(2)))).isEqualTo(Boot.FIRST_SECONDS);
        compute.histories.put(vm.id(), History.HAS_RUN);
        Guest second = create(102);
        compute.histories.put(second.id(), History.HAS_RUN);
        assertThat(looked(runs(second, Duration.ofSeconds(2)))).isEqualTo(Boot.HAS_RUN);
    }

    @Test
    void aLookAtAGuestThatIsStillStoppedDoesNotEndItsFirstStart() {
        Guest vm = appears(101);
        assertThat(starting(vm)).isEqualTo(Boot.FRESH);
        assertThat(looked(vm)).isEqualTo(Boot.FRESH);
        assertThat(looked(runs(vm, Duration.ofSeconds(1)))).isEqualTo(Boot.FIRST_SECONDS);
    }

    @Test
    void aRestoreUnderAnotherNumberIsKnownByItsUuidWithoutAnyHistory() {
        Guest restored = appears(111);
        AddressRow original = bootedRow(FakeCompute.id(GuestType.QEMU, 101), "UUID-111");
        assertThat(of(restored, List.of(original), true)).isEqualTo(Boot.HAS_RUN);
        AddressRow others = bootedRow(FakeCompute.id(GuestType.QEMU, 102), "uuid-102");
        assertThat(of(restored, List.of(others), true)).isEqualTo(Boot.FRESH);
    }

    @Test
    void theRowOfAnEarlierMachineWithTheNumberSaysNothing() {
        Guest second = appears(101);
        assertThat(of(second, List.of(bootedRow(second.id(), "uuid-of-the-first")), true))
                .isEqualTo(Boot.FRESH);
    }

    @Test
    void itsFirstSecondsAreShort() {
        Guest vm = appears(101);
        assertThat(starting(vm)).isEqualTo(Boot.FRESH);
        assertThat(looked(runs(vm, Duration.ofSeconds(1)))).isEqualTo(Boot.FIRST_SECONDS);
        assertThat(looked(runs(vm, Planning.FIRST_SECONDS.plusSeconds(1)))).isEqualTo(Boot.HAS_RUN);
    }

    @Test
    void withoutAHistoryAStartThatThisReceiverDidNotSeeBeginMayBeTheSecond() {
        Guest vm = appears(101);
        assertThat(looked(vm)).isEqualTo(Boot.FRESH);
        assertThat(looked(runs(vm, Duration.ofSeconds(1)))).isEqualTo(Boot.HAS_RUN);
        compute.status(vm.id(), GuestStatus.STOPPED, Duration.ZERO);
        assertThat(starting(vm)).as("it was seen running").isEqualTo(Boot.HAS_RUN);
    }

    @Test
    void withoutAHistoryOneThatWasListedAsRunningHasRun() {
        Guest vm = appears(101);
        runs(vm, Duration.ofMinutes(1));
        poll();
        compute.status(vm.id(), GuestStatus.STOPPED, Duration.ZERO);
        poll();
        assertThat(starting(vm)).isEqualTo(Boot.HAS_RUN);
    }

    @Test
    void whatTheHistoryOnceShowedHoldsWhenItCannotBeReadAnyMore() {
        Guest vm = appears(101);
        compute.histories.put(vm.id(), History.HAS_RUN);
        assertThat(starting(vm)).isEqualTo(Boot.HAS_RUN);
        compute.histories.put(vm.id(), History.UNKNOWN);
        assertThat(starting(vm)).isEqualTo(Boot.HAS_RUN);
    }

    @Test
    void aBackupOfAStoppedOneIsNoRun() {
        Guest vm = appears(101);
        polled(new Inventory(
                List.of(new Inventory.Entry(
                        vm.id(), "pve1", "vm101", GuestStatus.RUNNING, "backup", Duration.ofSeconds(3))),
                ""));
        assertThat(starting(vm)).isEqualTo(Boot.FRESH);
    }
}
