package net.berth.plan.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.model.AddressRange;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.Policy;
import net.berth.model.Prefix;
import net.berth.model.router.ConfigAddress;
import net.berth.model.router.DnsRecord;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestPlan;
import net.berth.plan.Nets;
import net.berth.plan.NicCase;
import net.berth.plan.OwnedRows;
import net.berth.plan.RowIndex;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import net.berth.plan.view.GuestState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeAddressTest {

    @Test
    void theLowestThatTheSettingsLeave() {
        World world = World.isc().with(TestGuest.vm(101, "web")).with(TestGuest.vm(102, "db"));
        world.settleAll();
        assertThat(world.address(101, 0)).isEqualTo("192.168.1.20");
        assertThat(world.address(102, 0)).isEqualTo("192.168.1.21");
    }

    @Test
    void gatewayNameserversAndTheRoutersRangeAreSteppedOver() {
        World world = World.isc().with(TestGuest.vm(101, "web").nic(0, Nets.IOT, "dhcp"));
        world.settle(101);
        assertThat(world.address(101, 0)).isEqualTo("192.168.30.10");
    }

    @Test
    void whateverAnotherHoldsIsSteppedOver() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        world.humanRow("192.168.1.20", "switch");
        world.humanMapping("tv", "192.168.1.21", MacAddress.parse("02:00:00:00:00:01"));
        world.humanRecord("files.home.lan", "192.168.1.22");
        world.router.addRecord(
                new DnsRecord(DnsRecord.Kind.OPTION, "proxy.home.lan", List.of(), List.of("fd00::1", "192.168.1.23")));
        world.lease("192.168.1.24", MacAddress.parse("02:00:00:00:00:02"), World.NOW.plusSeconds(1));
        world.with(TestGuest.vm(109, "gone")).settle(109);
        world.release(world.guests.remove(109).id());
        assertThat(world.ledger.at("192.168.1.25").quarantined()).isTrue();

        world.settle(101);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.26");
    }

    @Test
    void whatStandsAnywhereInTheRoutersConfigIsSteppedOver() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        world.router.addAddress(
                "192.168.1.20", "interfaces ethernet eth1 address 192.168.1.20/24", ConfigAddress.Use.ROUTER);
        world.router.addAddress("192.168.1.21", "a new node 192.168.1.21", ConfigAddress.Use.MACHINE);
        world.router.addAddress("192.168.1.22", "port-forward rule 1 192.168.1.22", ConfigAddress.Use.RULE);

        world.settle(101);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.23");
    }

    /** A machine on the LAN that answers, or once answered, for every address must not stop all starts. */
    @Test
    void anAddressThatWasOnlyMetIsTheLastChoiceAndNotImpossible() {
        World world = World.isc().with(TestGuest.vm(101, "web")).with(TestGuest.vm(102, "db"));
        MacAddress stranger = MacAddress.parse("02:00:00:00:00:09");
        MacAddress camera = MacAddress.parse("02:00:00:00:00:0a");
        for (int host = 20; host < 250; host++) {
            if (host != 60) {
                world.neighbour("192.168.1." + host, stranger, host % 2 == 0);
            }
        }
        for (int host = 250; host < 255; host++) {
            world.neighbour("192.168.1." + host, camera, true);
        }

        world.settleAll();

        assertThat(world.address(101, 0)).as("where nobody was met").isEqualTo("192.168.1.60");
        assertThat(world.address(102, 0)).as("else the lowest").isEqualTo("192.168.1.20");
    }

    @Test
    void oneThatAnswersThereJustNowKeepsItsAddress() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        for (int host = 20; host < 255; host++) {
            world.neighbour("192.168.1." + host, new MacAddress("02:00:00:00:01:%02X".formatted(host)), host != 77);
        }
        world.settle(101);
        assertThat(world.address(101, 0)).isEqualTo("192.168.1.77");
    }

    @Test
    void networkAndBroadcastAreNotGivenAndAFullNetworkIsTold() {
        World world = World.isc();
        for (int vmid = 101; vmid <= 106; vmid++) {
            world.with(TestGuest.vm(vmid, "host" + vmid).nic(0, Nets.DMZ, "dhcp"));
        }
        world.settleAll();

        assertThat(world.ledger.rows())
                .extracting(row -> row.address().toString())
                .containsExactly("10.9.0.2", "10.9.0.3", "10.9.0.4", "10.9.0.5", "10.9.0.6");
        GuestPlan plan = world.plan(106);
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.state()).isEqualTo(GuestState.CONFLICT);
        assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.POOL_EXHAUSTED);
            assertThat(conflict.message())
                    .isEqualTo("network dmz (10.9.0.0/29) has no free address for host106 (home/qemu/106) net0");
        });
    }

    @Test
    void anAddressThatRestsIsNotGivenEvenWhenItIsTheLast() {
        World world = World.isc();
        for (int vmid = 101; vmid <= 105; vmid++) {
            world.with(TestGuest.vm(vmid, "host" + vmid).nic(0, Nets.DMZ, "dhcp"));
        }
        world.settleAll();
        world.release(world.guests.remove(103).id());
        world.with(TestGuest.vm(106, "late").nic(0, Nets.DMZ, "dhcp"));

        assertThat(world.plan(106).conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.POOL_EXHAUSTED);
        world.ledger.delete(world.ledger.at("10.9.0.4"));
        assertThat(world.settle(106).address(106, 0)).isEqualTo("10.9.0.4");
    }

    @Test
    void twoNicsOnOneNetworkGetTwoAddressesInOnePlan() {
        World world = World.isc()
                .with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "dhcp").nic(1, Nets.LAN, "dhcp"));

        world.apply(world.plan(101));

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.20");
        assertThat(world.address(101, 1)).isEqualTo("192.168.1.21");
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.20");
        assertThat(world.router.resolve("web-net1.home.lan")).containsExactly("192.168.1.21");
    }

    @Test
    void aNicLeavesTheAddressThatAnotherNicIsConfiguredWith() {
        World world = World.isc()
                .with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "dhcp").nic(1, Nets.LAN, "192.168.1.20/24"));

        world.apply(world.plan(101));

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.21");
        assertThat(world.address(101, 1)).isEqualTo("192.168.1.20");
    }

    @Test
    void oneHandMadeRowIsForOneNic() {
        World world = World.isc()
                .with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "dhcp").nic(1, Nets.LAN, "dhcp"));
        world.taggedRow("192.168.1.66", "web");

        world.apply(world.plan(101));

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.66");
        assertThat(world.address(101, 1)).isEqualTo("192.168.1.20");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/30, 10.0.0.1, '', 10.0.0.2",
        "10.0.0.0/31, 10.0.0.0, '', 10.0.0.1",
        "10.0.0.0/32, 10.0.0.0, '', none",
        "10.0.0.0/16, 10.0.0.1, 10.0.0.0-10.0.255.253, 10.0.255.254",
        "10.0.0.0/16, 10.0.0.1, 10.0.0.0-10.0.255.254, none",
        "10.0.0.0/8, 10.0.0.1, 10.0.0.0-10.255.255.240, 10.255.255.241",
        "10.0.0.0/24, 10.0.0.1, 10.0.0.2-10.9.9.9, none",
        "255.255.255.0/24, 255.255.255.1, 255.255.255.2-255.255.255.255, none",
        "255.255.255.0/24, 255.255.255.1, 255.255.255.2-255.255.255.253, 255.255.255.254"
    })
    void smallAndLargeNetworks(String prefix, String gateway, String exclude, String lowest) {
        List<AddressRange> excluded = exclude.isEmpty() ? List.of() : List.of(AddressRange.parse(exclude));
        Network network = new Network(
                "n", "vmbr0", 0, Prefix.parse(prefix), IpAddress.parse(gateway), "", List.of(), "", excluded);
        World world = World.isc().with(TestGuest.vm(101, "web"));
        Nic nic = world.guest(101).nics().getFirst();
        OwnedRows rows = new OwnedRows(RowIndex.of(List.of()), true);
        NicCase c =
                NicCase.of(world.situation(101, List.of(), true), nic, network, List.of(network), rows, policy(), true);

        Optional<IpAddress> found = FreeAddress.lowest(c, FreeAddress.spans(network, Map.of()));

        assertThat(found.map(IpAddress::toString).orElse("none")).isEqualTo(lowest);
    }

    private static Policy policy() {
        return new Policy(
                Policy.Select.ALL, "", Policy.Mode.SYNC, Policy.WriteBack.NEVER, java.time.Duration.ofHours(1), 3);
    }
}
