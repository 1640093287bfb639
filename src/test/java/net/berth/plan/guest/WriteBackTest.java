package net.berth.plan.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.model.AddressWrite;
import net.berth.model.Policy;
import net.berth.model.Policy.WriteBack;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestPlan;
import net.berth.plan.Nets;
import net.berth.plan.Situation;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.GuestState;
import net.berth.plan.view.NicView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When an address goes into a guest's config, and what is said when it does not. */
class WriteBackTest {

    private static World world(WriteBack policy, TestGuest guest, Situation.Boot boot) {
        World world = World.isc().with(guest);
        world.guests.keySet().forEach(vmid -> world.boot(vmid, boot));
        world.writeBack = policy;
        return world;
    }

    private static NicView view(World world, int vmid) {
        return world.plan(vmid).nics().getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "NEVER, FRESH, false",
        "NEVER, FIRST_SECONDS, false",
        "NEVER, HAS_RUN, false",
        "FIRST_BOOT, FRESH, true",
        "FIRST_BOOT, FIRST_SECONDS, true",
        "FIRST_BOOT, HAS_RUN, false",
        "ALWAYS, FRESH, true",
        "ALWAYS, FIRST_SECONDS, true",
        "ALWAYS, HAS_RUN, true"
    })
    void aMachinesConfigIsWrittenByPolicyAndFirstStart(WriteBack policy, Situation.Boot boot, boolean written) {
        World world = world(policy, TestGuest.vm(101, "web"), boot);
        assertThat(world.plan(101).changes(Change.Stage.GUEST)).hasSize(written ? 1 : 0);
        assertThat(view(world, 101).states().guest()).isEqualTo(written ? EntryState.MISSING : EntryState.HELD);
    }

    @ParameterizedTest
    @EnumSource(Situation.Boot.class)
    void aContainersConfigIsWrittenAtAnyTime(Situation.Boot boot) {
        for (WriteBack policy : List.of(WriteBack.FIRST_BOOT, WriteBack.ALWAYS)) {
            World world = world(policy, TestGuest.container(200, "dns").running(), boot);
            assertThat(world.plan(200).changes(Change.Stage.GUEST)).hasSize(1);
        }
        World never = world(WriteBack.NEVER, TestGuest.container(200, "dns").running(), boot);
        assertThat(never.plan(200).changes(Change.Stage.GUEST)).isEmpty();
        assertThat(view(never, 200).remarks().note()).isEqualTo("write-back is never; address comes by DHCP");
    }

    @Test
    void heldWithDhcpIsSettled() {
        World world = world(WriteBack.FIRST_BOOT, TestGuest.vm(101, "web").running(), Situation.Boot.HAS_RUN);
        world.settle(101);
        assertThat(world.plan(101).state()).isEqualTo(GuestState.SETTLED);
        assertThat(view(world, 101).states().guest()).isEqualTo(EntryState.HELD);
        assertThat(view(world, 101).remarks().note()).isEqualTo("already booted; address comes by DHCP");
    }

    @Test
    void theWriteHoldsAllThatAGuestNeeds() {
        World world = world(WriteBack.FIRST_BOOT, TestGuest.vm(101, "web"), Situation.Boot.FRESH);
        Change.WriteGuest change =
                (Change.WriteGuest) world.plan(101).changes(Change.Stage.GUEST).getFirst();
        AddressWrite write = change.write();
        assertThat(write.address()).hasToString("192.168.1.20/24");
        assertThat(write.wanted().gateway()).isEqualTo("192.168.1.1");
        assertThat(write.mac()).isEqualTo(TestGuest.mac(101, 0));
        assertThat(write.nameservers()).hasToString("[192.168.1.1]");
        assertThat(write.searchDomain()).isEqualTo("home.lan");
        assertThat(write.node()).isEqualTo("pve1");
        assertThat(change.reason())
                .isEqualTo("NIPAP binds 192.168.1.20/24 to web (home/qemu/101) net0 and its config says DHCP");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void aRunningMachinesImageIsMadeAnewBehindTheWrite(boolean running, boolean image) {
        TestGuest guest = running ? TestGuest.vm(101, "web").running() : TestGuest.vm(101, "web");
        World world = world(WriteBack.FIRST_BOOT, guest, Situation.Boot.FIRST_SECONDS);
        assertThat(world.plan(101).changes(Change.Stage.GUEST))
                .extracting(change -> ((Change.WriteGuest) change).image())
                .containsExactly(image);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.20/25", "192.168.1.20/25,gw=192.168.1.1", "192.168.1.20/16,gw=192.168.1.9"})
    void addressAndLengthCount(String config) {
        World world = world(
                WriteBack.FIRST_BOOT, TestGuest.container(200, "dns").nic(0, Nets.LAN, config), Situation.Boot.FRESH);
        assertThat(world.plan(200).changes(Change.Stage.GUEST)).hasSize(1);
        world.settle(200);
        assertThat(view(world, 200).states().guest()).isEqualTo(EntryState.OK);
    }

    @Test
    void whatAPersonChoseIsHeldUnlessAPersonOrders() {
        World world = world(
                WriteBack.ALWAYS, TestGuest.container(200, "dns").nic(0, Nets.LAN, "manual"), Situation.Boot.FRESH);
        assertThat(world.plan(200).changes(Change.Stage.GUEST)).isEmpty();
        assertThat(view(world, 200).remarks().note()).isEqualTo("its config says ip=manual, which a human chose");
        world.writeBackOrdered = true;
        assertThat(world.plan(200).changes(Change.Stage.GUEST)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(WriteBack.class)
    void anOrderIsFollowedWhateverThePolicy(WriteBack policy) {
        World world = world(policy, TestGuest.vm(101, "web").running(), Situation.Boot.HAS_RUN);
        world.writeBackOrdered = true;
        world.settle(101);
        assertThat(view(world, 101).states().guest()).isEqualTo(EntryState.OK);
        assertThat(world.plan(101).changes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(WriteBack.class)
    void anothersAddressIsReplacedEvenInABootedMachineUnlessWritingIsForbidden(WriteBack policy) {
        World world = World.isc()
                .with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "192.168.1.50/24"))
                .settle(101)
                .with(TestGuest.vm(102, "clone")
                        .nic(0, Nets.LAN, "192.168.1.50/24")
                        .running());
        world.writeBack = policy;
        GuestPlan plan = world.plan(102);
        assertThat(plan.changes(Change.Stage.GUEST)).hasSize(policy == WriteBack.NEVER ? 0 : 1);
        assertThat(plan.conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.ADDRESS_TAKEN);
    }

    /** Also by an order: what is written has no effect, and a later image would be another instance by it. */
    @ParameterizedTest
    @EnumSource(WriteBack.class)
    void aConfigWithoutEffectIsNeverWrittenAndNeverCalledOk(WriteBack policy) {
        for (TestGuest guest : List.of(TestGuest.vm(101, "web"), TestGuest.container(101, "web"))) {
            World world = world(policy, guest.nic(0, Nets.LAN, "ignored: cicustom"), Situation.Boot.FRESH);
            world.writeBackOrdered = true;
            world.settle(101);

            assertThat(world.plan(101).state()).isEqualTo(GuestState.SETTLED);
            assertThat(view(world, 101).states())
                    .isEqualTo(
                            new NicView.States(EntryState.OK, EntryState.OK, EntryState.OK, EntryState.NOT_APPLICABLE));
            assertThat(view(world, 101).remarks().note()).isEqualTo("cicustom");
        }
    }

    @Test
    void aMachineWithoutCloudInitHasNoPlaceForAnAddress() {
        World world = world(WriteBack.ALWAYS, TestGuest.vm(101, "web").withoutCloudInit(), Situation.Boot.FRESH);
        world.settle(101);
        assertThat(view(world, 101).states().guest()).isEqualTo(EntryState.NOT_APPLICABLE);
        assertThat(world.plan(101).state()).isEqualTo(GuestState.SETTLED);
    }

    /** A promise is only made where it is kept. */
    @ParameterizedTest
    @CsvSource({
        "SYNC, FIRST_BOOT, 'Berth will write 192.168.1.20 into its config shortly; start the guest again after that. To"
                + " write it now: berth sync 102 --write-back'",
        "SYNC, NEVER, 'write-back: never leaves its config as it is; to write 192.168.1.20 into it once, run: berth sync"
                + " 102 --write-back'",
        "CREATE, ALWAYS, 'mode: create replaces no address; set it by hand: qm set 102 --ipconfig0"
                + " ip=192.168.1.20/24'",
        "REPORT, ALWAYS, 'mode: report changes nothing; set the address by hand: qm set 102 --ipconfig0"
                + " ip=192.168.1.20/24'"
    })
    void theCureForADuplicatePromisesWhatThisModeDoes(Policy.Mode mode, WriteBack policy, String fix) {
        World world = world(policy, TestGuest.vm(101, "web").nic(0, Nets.LAN, "192.168.1.50/24"), Situation.Boot.FRESH)
                .settle(101)
                .with(TestGuest.vm(102, "clone").nic(0, Nets.LAN, "192.168.1.50/24"));
        world.mode = mode;

        GuestPlan plan = world.plan(102);

        assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.ADDRESS_TAKEN);
            assertThat(conflict.fix()).isEqualTo(fix);
        });
        boolean promised = fix.startsWith("Berth will write");
        assertThat(plan.changes(Change.Stage.GUEST).isEmpty() || mode == Policy.Mode.REPORT)
                .isNotEqualTo(promised);
    }
}
