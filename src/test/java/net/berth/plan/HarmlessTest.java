package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.berth.model.AddressRange;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.row.AddressRow;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.GuestState;
import net.berth.plan.view.NicView;
import org.junit.jupiter.api.Test;

/** Odd and harmless: what people have that must not make Berth do anything odd. */
class HarmlessTest {

    @Test
    void aGuestThatMayHaveThirtyNicsHasThirtyAddressesAndOneWayOut() {
        TestGuest firewall = TestGuest.container(200, "firewall");
        IntStream.range(0, 30).forEach(index -> firewall.nic(index, index % 2 == 0 ? Nets.LAN : Nets.IOT, "dhcp"));
        World world = World.isc().with(firewall);
        world.nicsLimit = 30;

        List<Change> writes = world.plan(200).changes(Change.Stage.GUEST);
        world.settle(200);

        assertThat(writes)
                .filteredOn(change ->
                        !((Change.WriteGuest) change).write().wanted().gateway().isEmpty())
                .extracting(change -> change.nic().name())
                .containsExactly("net0");
        assertThat(world.ledger.rows())
                .extracting(AddressRow::address)
                .hasSize(30)
                .doesNotHaveDuplicates();
        assertThat(world.plan(200).state()).isEqualTo(GuestState.SETTLED);
        assertThat(world.plan(200).nics())
                .extracting(nic -> nic.states().guest())
                .containsOnly(EntryState.OK);
    }

    @Test
    void rowsOfHumansMayHoldAnyText() {
        World world = World.isc();
        AddressRow emoji = world.humanRow("192.168.1.20", "\uD83D\uDDA8 \"printer\" \\ 'x'; DROP");
        AddressRow line = world.humanRow("192.168.1.21", "two\nlines\tand $(id)");
        world.with(TestGuest.vm(101, "web")).settle(101);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.22");
        assertThat(world.ledger.rows()).contains(emoji, line);
    }

    /** The router gives all addresses out by itself: Berth has none to choose, and keeps those that guests have. */
    @Test
    void aDynamicRangeOverTheWholeNetworkLeavesGuestsWhatTheyHave() {
        World world = World.isc()
                .with(TestGuest.container(200, "db").nic(0, Nets.LAN, "192.168.1.60/24,gw=192.168.1.1"))
                .with(TestGuest.container(201, "new"));
        world.router.subnets = List.of(
                new DhcpSubnet("LAN", Nets.LAN.prefix(), "", List.of(AddressRange.parse("192.168.1.2-192.168.1.254"))));
        world.settle(200);

        assertThat(world.plan(200).nics()).extracting(NicView::address).containsExactly("192.168.1.60/24");
        assertThat(world.plan(201).conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.POOL_EXHAUSTED);
        assertThat(world.plan(201).changes()).isEmpty();
    }
}
