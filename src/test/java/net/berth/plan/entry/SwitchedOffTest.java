package net.berth.plan.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.Mapping;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestPlan;
import net.berth.plan.Nets;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import net.berth.plan.view.EntryState;
import org.junit.jupiter.api.Test;

/** What a person switched off on the router stays off, keeps its address, and is never called ok. */
class SwitchedOffTest {
    private final World world = World.dnsmasq();

    private static Mapping off(Mapping mapping) {
        return new Mapping(
                mapping.sharedNetwork(),
                mapping.subnet(),
                mapping.name(),
                mapping.addressText(),
                mapping.macText(),
                true);
    }

    private Mapping switchOff(Mapping mapping) {
        world.router.mappings.remove(mapping);
        world.router.mappings.add(off(mapping));
        return off(mapping);
    }

    private void isNamedAndLeft(Mapping mapping, int vmid) {
        GuestPlan plan = world.plan(vmid);
        assertThat(plan.conflicts()).anySatisfy(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.FOREIGN_ENTRY);
            assertThat(conflict.message()).contains(mapping.toString(), "switched off");
            assertThat(conflict.fix()).contains("static-mapping " + mapping.name() + " disable");
        });
        assertThat(plan.nics().getFirst().states().dhcp()).isEqualTo(EntryState.FOREIGN);
        world.settle(vmid);
        assertThat(world.router.mappings).contains(mapping);
    }

    @Test
    void aMappingOfTheGuestsMacIsNotAdopted() {
        Mapping old = switchOff(world.humanMapping("web-old", "192.168.1.77", TestGuest.mac(101, 0)));
        world.with(TestGuest.vm(101, "web"));

        isNamedAndLeft(old, 101);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.20");
    }

    @Test
    void itsAddressIsNotGivenToItsOwnMacEither() {
        Mapping old = switchOff(world.humanMapping("web-old", "192.168.1.20", TestGuest.mac(101, 0)));
        world.with(TestGuest.vm(101, "web"));

        isNamedAndLeft(old, 101);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.21");
    }

    @Test
    void aGuestWithTheAddressInItsConfigKeepsItAndTheMappingStaysOff() {
        Mapping old = switchOff(world.humanMapping("web-old", "192.168.1.77", TestGuest.mac(101, 0)));
        world.with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "192.168.1.77/24"));

        isNamedAndLeft(old, 101);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.77");
        world.release(world.guests.remove(101).id());
        assertThat(world.router.mappings).contains(old);
    }

    @Test
    void berthsOwnMappingThatAPersonSwitchedOffStaysOff() {
        world.with(TestGuest.vm(101, "web")).settle(101);
        Mapping own = switchOff(world.router.mappings.getFirst());

        isNamedAndLeft(own, 101);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.20");
        assertThat(world.plan(101).nics().getFirst().states().dns()).isNotEqualTo(EntryState.OK);
    }

    @Test
    void aSubnetThatDoesNotServeIsNeverOkAndSaysWhichLineSwitchesItOff() {
        world.with(TestGuest.vm(101, "web")).settle(101);
        String line = "service dhcp-server shared-network-name LAN disable";
        world.router.subnets = world.router.subnets.stream()
                .map(subnet -> new DhcpSubnet(subnet.sharedNetwork(), subnet.prefix(), "", subnet.ranges(), line))
                .toList();

        GuestPlan plan = world.plan(101);

        assertThat(plan.nics().getFirst().states().dhcp()).isEqualTo(EntryState.HELD);
        assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.ROUTER_NETWORK_MISSING);
            assertThat(conflict.message()).contains(line);
        });
        world.settle(101);
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.20");
        assertThat(world.plan(101).changes()).extracting(Change::what).isEqualTo(List.of());
        assertThat(world.plan(101).conflicts())
                .extracting(Conflict::code)
                .containsExactly(ConflictCode.ROUTER_NETWORK_MISSING);
    }
}
