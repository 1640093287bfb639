package net.berth.plan.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.model.AddressWrite;
import net.berth.model.Network;
import net.berth.model.NicConfig;
import net.berth.model.Prefix;
import net.berth.plan.Change;
import net.berth.plan.GuestPlan;
import net.berth.plan.Nets;
import net.berth.plan.Situation;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.GuestState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest's default route is its owner's; Berth adds one only where the guest has none. */
class GatewayTest {
    /** A network of storage, without a way out. */
    private static final Network STORE = new Network(
            "store", "vmbr2", 0, Prefix.parse("10.30.0.0/24"), "", "home.lan", List.of(), "", List.of(), "");

    private static World world(TestGuest guest) {
        World world = World.isc().with(guest);
        world.networks = List.of(Nets.LAN, Nets.IOT, Nets.DMZ, STORE);
        world.guests.keySet().forEach(vmid -> world.boot(vmid, Situation.Boot.FRESH));
        return world;
    }

    private static List<AddressWrite> writes(World world, int vmid) {
        return world.plan(vmid).changes(Change.Stage.GUEST).stream()
                .map(change -> ((Change.WriteGuest) change).write())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.60/24, 'its config names no gateway'",
        "'192.168.1.60/24,gw=192.168.1.254', 'its gateway is 192.168.1.254'",
        "'192.168.1.60/24,gw=10.9.9.9', 'its gateway is 10.9.9.9'",
        "'192.168.1.60/24,gw=192.168.1.1', ''"
    })
    void theRightAddressIsOkWhateverItsGateway(String config, String note) {
        for (TestGuest guest : List.of(
                TestGuest.container(200, "vpn").nic(0, Nets.LAN, config).running(),
                TestGuest.vm(200, "vpn").nic(0, Nets.LAN, config).running())) {
            World world = world(guest).settle(200);

            GuestPlan plan = world.plan(200);

            assertThat(plan.changes()).isEmpty();
            assertThat(plan.state()).isEqualTo(GuestState.SETTLED);
            assertThat(plan.nics().getFirst().states().guest()).isEqualTo(EntryState.OK);
            assertThat(plan.nics().getFirst().remarks().note()).isEqualTo(note);
            assertThat(plan.nics().getFirst().address()).isEqualTo("192.168.1.60/24");
        }
    }

    /** A clone needs another address than its parent; what was chosen beside the address stays where it leads somewhere. */
    @ParameterizedTest
    @CsvSource({
        "192.168.1.60/24, ''",
        "'192.168.1.60/24,gw=192.168.1.254', 192.168.1.254",
        "'192.168.1.60/24,gw=192.168.1.1', 192.168.1.1",
        "'192.168.1.60/24,gw=10.9.9.9', 192.168.1.1"
    })
    void anotherAddressKeepsTheGatewayThatTheNicHad(String config, String gateway) {
        World world = world(TestGuest.container(200, "db").nic(0, Nets.LAN, config))
                .settle(200)
                .with(TestGuest.container(201, "db2").nic(0, Nets.LAN, config));

        assertThat(writes(world, 201)).singleElement().satisfies(write -> {
            assertThat(write.wanted().gateway()).isEqualTo(gateway);
            assertThat(write.nameservers()).isEmpty();
            assertThat(write.searchDomain()).isEmpty();
        });
    }

    @Test
    void aNicThatMovedToANetworkWithoutWayOutLosesTheOldGateway() {
        World world = world(TestGuest.container(200, "db").nic(0, STORE, "192.168.1.60/24,gw=192.168.1.1"));
        world.with(TestGuest.container(201, "other").nic(0, Nets.LAN, "192.168.1.60/24"))
                .settle(201);
        world.writeBackOrdered = true;

        assertThat(writes(world, 200))
                .allSatisfy(write -> assertThat(write.wanted().gateway()).isEmpty());
    }

    /** The configs of two NICs on LAN and IOT, and the gateways that Berth writes beside their addresses; - for no write. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            dhcp                           | dhcp                            | 192.168.1.1 | ''
            none                           | none                            | 192.168.1.1 | ''
            dhcp                           | 192.168.30.9/24,gw=192.168.30.1 | ''          | -
            192.168.1.60/24,gw=192.168.1.1 | dhcp                            | -           | ''
            192.168.1.60/24                | dhcp                            | -           | 192.168.30.1
            192.168.1.60/24                | 192.168.30.60/24                | -           | -
            dhcp                           | 192.168.30.60/24                | 192.168.1.1 | -
            """)
    void aGuestGetsOneDefaultRouteAtMost(String first, String second, String toFirst, String toSecond) {
        World world = world(TestGuest.container(200, "db")
                .nic(0, Nets.LAN, first == null ? "none" : first)
                .nic(1, Nets.IOT, second == null ? "none" : second));

        assertThat(gateway(world, 0)).isEqualTo(toFirst);
        assertThat(gateway(world, 1)).isEqualTo(toSecond);
    }

    private static String gateway(World world, int index) {
        return writes(world, 200).stream()
                .filter(write -> write.nic().index() == index)
                .map(write -> write.wanted().gateway())
                .findFirst()
                .orElse("-");
    }

    @Test
    void theNoteSaysWhoseTheDefaultRouteIs() {
        World world =
                world(TestGuest.container(200, "db").nic(0, Nets.LAN, "dhcp").nic(1, Nets.IOT, "dhcp"));

        assertThat(world.plan(200).nics())
                .extracting(nic -> nic.remarks().note())
                .containsExactly("", "no gateway: the guest's default route is that of net0");
        world.settle(200);
        assertThat(world.plan(200).nics())
                .extracting(nic -> nic.states().guest())
                .containsOnly(EntryState.OK);
    }

    @Test
    void aNetworkWithoutGatewayGivesNoneAndTakesNone() {
        World world = world(TestGuest.vm(101, "db").nic(0, STORE, "dhcp").nic(1, Nets.LAN, "dhcp"));

        assertThat(writes(world, 101))
                .extracting(write -> write.wanted().gateway())
                .containsExactly("", "192.168.1.1");
        world.settle(101);
        assertThat(world.plan(101).state()).isEqualTo(GuestState.SETTLED);
        assertThat(world.plan(101).nics())
                .extracting(nic -> nic.binding().gateway())
                .containsExactly("", "192.168.1.1");
    }

    /** Name servers are the whole guest's: one that uses its host's must not be given those of a second network. */
    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.60/24", "192.168.1.60/24,gw=192.168.1.1"})
    void aSecondNicsFirstAddressBringsNoNameServers(String first) {
        World world =
                world(TestGuest.container(200, "db").nic(0, Nets.LAN, first).nic(1, Nets.IOT, "dhcp"));

        assertThat(writes(world, 200)).singleElement().satisfies(write -> {
            assertThat(write.planned()).isEqualTo(new NicConfig.Dhcp());
            assertThat(write.nameservers()).isEmpty();
            assertThat(write.searchDomain()).isEmpty();
        });
    }
}
