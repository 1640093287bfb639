package net.berth.plan.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.model.Guest.LiveAddress;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestPlan;
import net.berth.plan.Nets;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guest is seen to use is its address, also that of a gateway or a nameserver; else those are nobody's. */
class SightingTest {
    private static final MacAddress OWN = TestGuest.mac(101, 0);
    private static final MacAddress OTHER = MacAddress.parse("02:00:00:00:00:01");
    private static final String NAMESERVER = "192.168.1.53";

    private static World world(String config) {
        World world = World.isc()
                .with(TestGuest.vm(101, "pihole").nic(0, Nets.LAN, config).running());
        Network iot = new Network(
                "iot",
                Nets.IOT.bridge(),
                Nets.IOT.vlan(),
                Nets.IOT.prefix(),
                Nets.IOT.gateway().orElseThrow(),
                "iot.lan",
                List.of(IpAddress.parse(NAMESERVER), IpAddress.parse("192.168.1.20")),
                "IOT",
                List.of());
        world.networks = List.of(Nets.LAN, iot);
        return world;
    }

    private static void seen(World world, String how, String address, MacAddress mac) {
        switch (how) {
            case "agent" -> world.live.add(new LiveAddress(mac, IpAddress.parse(address)));
            case "lease" -> world.lease(address, mac, World.NOW.plusSeconds(600));
            case "neighbour" -> world.neighbour(address, mac, true);
            default -> throw new IllegalArgumentException(how);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "agent, 192.168.1.77",
        "agent, 192.168.1.7",
        "agent, 192.168.1.210",
        "lease, 192.168.1.77",
        "neighbour, 192.168.1.77",
        "neighbour, 192.168.1.7"
    })
    void whatARunningGuestUsesIsItsAddress(String how, String address) {
        World world = world("dhcp");
        seen(world, how, address, OWN);
        assertThat(world.settle(101).address(101, 0)).isEqualTo(address);
    }

    @Test
    void aLeaseFromTheRangeIsNoChoiceOfTheGuests() {
        World world = world("dhcp");
        for (String how : List.of("agent", "lease", "neighbour")) {
            seen(world, how, "192.168.1.210", OWN);
        }
        assertThat(world.settle(101).address(101, 0)).isEqualTo("192.168.1.21");
    }

    @Test
    void aStoppedGuestUsesNothing() {
        World world = world("dhcp").with(TestGuest.vm(101, "pihole"));
        seen(world, "neighbour", "192.168.1.77", OWN);
        assertThat(world.settle(101).address(101, 0)).isEqualTo("192.168.1.21");
    }

    @Test
    void anAddressThatAnotherMachineIsSeenToUseIsForAHumanToDecide() {
        World world = world("dhcp");
        seen(world, "agent", "192.168.1.77", OWN);
        seen(world, "neighbour", "192.168.1.77", OTHER);
        GuestPlan plan = world.plan(101);
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.ADDRESS_IN_USE);
    }

    @Test
    void theNameserverOfAnotherNetworkIsNotChosen() {
        World world = world("dhcp");
        assertThat(world.settle(101).address(101, 0)).isEqualTo("192.168.1.21");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "mapping", "row"})
    void aGuestThatMayBeTheNameserverIsLeftAsItIs(String says) {
        World world = world(says.equals("config") ? NAMESERVER + "/24" : "dhcp");
        if (says.equals("mapping")) {
            world.humanMapping("pi", NAMESERVER, OWN);
        }
        if (says.equals("row")) {
            world.humanRow(NAMESERVER, "pihole");
        }
        GuestPlan plan = world.plan(101);
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.FOREIGN_ENTRY);
            assertThat(conflict.message()).contains(NAMESERVER, "nameserver of network iot");
            assertThat(conflict.fix()).contains("tag berth", "node \"pihole\"");
        });

        seen(world, "neighbour", NAMESERVER, OWN);
        assertThat(world.settle(101).address(101, 0)).isEqualTo(NAMESERVER);
        assertThat(world.plan(101).conflicts()).isEmpty();
    }

    @Test
    void aGuestThatIsTheGatewayIsConfirmedByATag() {
        World world = world("192.168.1.1/24");
        assertThat(world.plan(101).changes()).isEmpty();
        world.taggedRow("192.168.1.1", "pihole");
        assertThat(world.settle(101).address(101, 0)).isEqualTo("192.168.1.1");
    }
}
