package net.berth.plan.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestPlan;
import net.berth.plan.Nets;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.NicView;
import org.junit.jupiter.api.Test;

/** One guest with many NICs gets no more addresses than the limit allows, and loses none that it has. */
class NicLimitTest {
    private final World world = World.isc();

    private static TestGuest with(int nics) {
        return with(IntStream.range(0, nics).toArray());
    }

    private static TestGuest with(int... nics) {
        TestGuest guest = TestGuest.container(101, "lab").running();
        for (int index : nics) {
            guest.nic(index, Nets.LAN, "dhcp");
        }
        return guest;
    }

    private static List<String> withAddress(GuestPlan plan) {
        return plan.nics().stream()
                .filter(nic -> nic.states().ipam() == EntryState.OK)
                .map(NicView::name)
                .toList();
    }

    @Test
    void whoAddsNicsDoesNotUseUpANetwork() {
        world.with(with(32)).settle(101);

        assertThat(world.ledger.rows()).hasSize(8);
        assertThat(world.router.mappings).hasSize(8);
        GuestPlan plan = world.plan(101);
        assertThat(withAddress(plan)).containsExactly("net0", "net1", "net2", "net3", "net4", "net5", "net6", "net7");
        assertThat(plan.conflicts())
                .containsExactly(new Conflict(
                        ConflictCode.TOO_MANY_NICS,
                        "",
                        "lab (home/lxc/101) has 32 NICs in Berth's networks, and nics-limit is 8; those without an address"
                                + " get none",
                        "if it is to have as many, set nics-limit: 32 below guests: in berth.yaml and restart the"
                                + " receiver; else remove NICs"));
    }

    @Test
    void theCureOfTheConflictIsOne() {
        world.with(with(30)).settle(101);
        world.nicsLimit = 30;
        world.settle(101);

        assertThat(world.ledger.rows()).hasSize(30);
        assertThat(world.plan(101).conflicts()).isEmpty();
    }

    @Test
    void thirtyNicsThatHaveTheirAddressesKeepThem() {
        world.nicsLimit = 32;
        world.with(with(30)).settle(101);
        world.nicsLimit = 8;

        GuestPlan plan = world.plan(101);
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.conflicts()).isEmpty();
        assertThat(withAddress(plan)).hasSize(30);
        world.release(world.guest(101).id());
        world.settle(101);
        assertThat(withAddress(world.plan(101))).as("back in time").hasSize(30);

        world.with(with(31)).settle(101);
        assertThat(world.ledger.rows()).hasSize(30);
        assertThat(world.plan(101).conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.TOO_MANY_NICS);
    }

    @Test
    void aNewNicBeforeTheOthersTakesNoAddressFromThem() {
        world.with(with(1, 2, 3, 4, 5, 6, 7, 8)).settle(101);
        world.with(with(0, 1, 2, 3, 4, 5, 6, 7, 8)).settle(101);
        assertThat(withAddress(world.plan(101))).hasSize(8).doesNotContain("net0");

        world.with(with(0, 1, 2, 3, 4, 5, 6, 7)).settle(101);
        assertThat(withAddress(world.plan(101)))
                .as("one was removed")
                .hasSize(8)
                .contains("net0");
    }

    @Test
    void nicsOutsideOfBerthsNetworksDoNotCount() {
        TestGuest firewall = TestGuest.container(101, "fw").running();
        Network elsewhere = new Network(
                "x", "vmbr9", 0, Nets.DMZ.prefix(), Nets.DMZ.gatewayText(), "", List.of(), "", List.of(), "");
        IntStream.range(0, 22).forEach(index -> firewall.nic(index, elsewhere, "dhcp"));
        IntStream.range(22, 30).forEach(index -> firewall.nic(index, Nets.LAN, "dhcp"));
        world.with(firewall).settle(101);

        assertThat(world.ledger.rows()).hasSize(8);
        assertThat(world.plan(101).conflicts()).isEmpty();
    }

    @Test
    void aRowThatAHumanPreparedIsAdoptedBeyondTheLimit() {
        world.with(with(8)).settle(101);
        world.taggedRow("192.168.1.66", "lab-net8.home.lan");
        world.with(with(9)).settle(101);

        assertThat(world.address(101, 8)).isEqualTo("192.168.1.66");
        assertThat(world.plan(101).conflicts()).isEmpty();
    }

    @Test
    void aMachineMadeAnewUnderTheNumberHasItsOwnLimit() {
        world.with(with(8)).settle(101);
        TestGuest again = TestGuest.container(101, "other");
        IntStream.range(0, 8)
                .forEach(index ->
                        again.nic(index, Nets.LAN, MacAddress.parse("BC:24:11:AA:00:0%d".formatted(index)), "dhcp"));
        world.with(again);
        assertThat(world.plan(101).conflicts()).isEmpty();
        world.settle(101);

        assertThat(withAddress(world.plan(101))).hasSize(8);
    }
}
