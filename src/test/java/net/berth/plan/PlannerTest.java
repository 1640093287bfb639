package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import net.berth.plan.view.EntryState;
import net.berth.plan.view.GuestState;
import net.berth.plan.view.NicView;
import org.junit.jupiter.api.Test;

/** The plan as a whole: its order, what it is made from, and how it is shown. */
class PlannerTest {

    @Test
    void nipapComesBeforeTheRouterAndTheRouterBeforeTheGuest() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        assertThat(world.plan(101).changes())
                .extracting(Change::what)
                .containsExactly(
                        "claim 192.168.1.20 in NIPAP",
                        "write mapping web (bc:24:11:00:65:00 -> 192.168.1.20, LAN)",
                        "write record web.home.lan -> 192.168.1.20",
                        "write 192.168.1.20/24 into the guest's config");
    }

    @Test
    void aNicsOldRowRestsBeforeItClaimsAnother() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.with(TestGuest.vm(101, "web").nic(0, Nets.IOT, "dhcp"));
        assertThat(world.plan(101).changes(Change.Stage.INTENT))
                .extracting(Change::what)
                .containsExactly("update the row 192.168.1.20 in NIPAP", "claim 192.168.30.10 in NIPAP");
    }

    @Test
    void aNewGuestNeedsAllRowsAndASettledOneItsOwn() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        assertThat(world.planFromOwnRows(101).needsAllRows()).isTrue();
        world.settle(101);
        assertThat(world.planFromOwnRows(101).needsAllRows()).isFalse();
        assertThat(world.planFromOwnRows(101).changes()).isEmpty();
    }

    @Test
    void aMissingRouterEntryIsMendedFromTheGuestsOwnRows() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.router.mappings.clear();
        world.router.records.clear();
        GuestPlan plan = world.planFromOwnRows(101);
        assertThat(plan.needsAllRows()).isFalse();
        assertThat(plan.changes(Change.Stage.ROUTER)).hasSize(2);
    }

    @Test
    void aRenamedGuestNeedsAllRows() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101).with(TestGuest.vm(101, "shop"));
        assertThat(world.planFromOwnRows(101).needsAllRows()).isTrue();
    }

    @Test
    void twoGuestsOfOneNameDoNotTakeItFromEachOtherInTurns() {
        World world = World.dnsmasq()
                .with(TestGuest.vm(101, "web"))
                .with(TestGuest.vm(102, "web"))
                .settle(101)
                .settle(102);
        assertThat(world.plan(101).changes()).isEmpty();
        assertThat(world.planFromOwnRows(101).changes()).isEmpty();
        assertThat(world.plan(102).changes()).isEmpty();
    }

    @Test
    void aNicViewShowsWhatEachSystemHolds() {
        World world = World.isc().with(TestGuest.container(200, "dns")).settle(200);
        NicView shown = world.plan(200).nics().getFirst();
        assertThat(shown)
                .isEqualTo(new NicView(
                        "net0",
                        "BC:24:11:00:C8:00",
                        new NicView.Bound(
                                "lan",
                                "192.168.1.20/24",
                                "192.168.1.1",
                                "dns.home.lan",
                                "the lowest free address",
                                "2026-11-20T10:00:00Z"),
                        new NicView.States(EntryState.OK, EntryState.OK, EntryState.OK, EntryState.OK),
                        NicView.Remarks.NONE));
    }

    @Test
    void beforeAnythingIsDoneEverythingIsMissing() {
        World world = World.isc().with(TestGuest.container(200, "dns"));
        GuestPlan plan = world.plan(200);
        assertThat(plan.state()).isEqualTo(GuestState.PENDING);
        assertThat(plan.isReady()).isFalse();
        NicView nic = plan.nics().getFirst();
        assertThat(nic.address()).isEmpty();
        assertThat(nic.states().ipam()).hasToString("missing");
        assertThat(nic.states().dhcp()).hasToString("missing");
        assertThat(nic.states().dns()).hasToString("missing");
        assertThat(nic.states().guest()).hasToString("missing");
    }

    @Test
    void aNetworkThatTheRouterDoesNotServeIsToldAndNipapStillKnowsTheGuest() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        world.router.sharedNetworks("OTHER");
        GuestPlan plan = world.plan(101);
        assertThat(plan.changes(Change.Stage.ROUTER)).isEmpty();
        assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.ROUTER_NETWORK_MISSING);
            assertThat(conflict.nic()).isEqualTo("net0");
            assertThat(conflict.message())
                    .isEqualTo("the router has no shared-network LAN with subnet 192.168.1.0/24 for network lan");
        });
        assertThat(world.settle(101).address(101, 0)).isEqualTo("192.168.1.20");
        assertThat(world.plan(101).nics().getFirst().states().dhcp()).isEqualTo(EntryState.UNKNOWN);
    }

    @Test
    void equalInputsGiveEqualPlans() {
        World one = new Chaos(7).world();
        World other = new Chaos(7).world();
        one.guests.keySet().forEach(vmid -> assertThat(one.plan(vmid)).isEqualTo(other.plan(vmid)));
    }
}
