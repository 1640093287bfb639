package net.berth.plan.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import net.berth.model.Guest.LiveAddress;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestPlan;
import net.berth.plan.Nets;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.GuestState;
import net.berth.plan.view.NicView;
import org.junit.jupiter.api.Test;

class LiveRuleTest {
    private static final MacAddress DOCKER = MacAddress.parse("02:42:ac:11:00:01");

    private static List<LiveAddress> of(MacAddress mac, String... addresses) {
        return Stream.of(addresses)
                .map(address -> new LiveAddress(mac, IpAddress.parse(address)))
                .toList();
    }

    private static List<LiveAddress> web(String... addresses) {
        return of(TestGuest.mac(101, 0), addresses);
    }

    private static World settled() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        return world.with(TestGuest.vm(101, "web").running());
    }

    @Test
    void theBoundAddressIsRightWhateverElseTheNicHas() {
        GuestPlan plan = settled().plan(101);
        GuestPlan live = LiveRule.compare(plan, web("192.168.1.200", "192.168.1.20", "10.9.0.1"));
        assertThat(live.conflicts()).isEmpty();
        assertThat(live.state()).isEqualTo(plan.state());
        assertThat(live.nics().getFirst().remarks().live())
                .extracting(IpAddress::toString)
                .containsExactly("10.9.0.1", "192.168.1.20", "192.168.1.200");
        assertThat(live.nics().getFirst().states().guest())
                .isEqualTo(plan.nics().getFirst().states().guest());
    }

    @Test
    void anotherAddressIsAConflictAndChangesNothing() {
        GuestPlan plan = settled().plan(101);
        GuestPlan live = LiveRule.compare(plan, web("192.168.1.77"));
        assertThat(live.changes()).isEqualTo(plan.changes());
        assertThat(live.state()).isEqualTo(GuestState.CONFLICT);
        assertThat(live.nics().getFirst().states().guest()).isEqualTo(EntryState.DIFFERS);
        assertThat(live.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.GUEST_DIFFERS);
            assertThat(conflict.nic()).isEqualTo("net0");
            assertThat(conflict.message()).contains("really has 192.168.1.77", "NIPAP binds 192.168.1.20");
            assertThat(conflict.fix()).contains("192.168.1.20/24");
        });
    }

    @Test
    void anOldLeaseIsSaidToBeOne() {
        World world = settled();
        world.lease("192.168.1.150", TestGuest.mac(101, 0), World.NOW.plusSeconds(3600));
        GuestPlan live = LiveRule.compare(world.plan(101), web("192.168.1.150"));
        assertThat(live.conflicts())
                .singleElement()
                .extracting(Conflict::message)
                .asString()
                .contains("really has 192.168.1.150", "still has an old DHCP lease for 192.168.1.150 until");
    }

    @Test
    void bridgesInsideTheGuestAndNicsWithoutAddressSayNothing() {
        GuestPlan plan = settled().plan(101);
        assertThat(LiveRule.compare(plan, List.of())).isEqualTo(plan);
        assertThat(LiveRule.compare(plan, of(DOCKER, "172.17.0.1"))).isEqualTo(plan);
    }

    @Test
    void whatItsConfigTellsAlreadyIsNotToldTwice() {
        World world = settled();
        world.with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "192.168.1.77/24").running());
        GuestPlan plan = world.plan(101);
        GuestPlan live = LiveRule.compare(plan, web("192.168.1.77"));
        assertThat(plan.conflicts()).hasSize(1);
        assertThat(live.conflicts()).isEqualTo(plan.conflicts());
        assertThat(live.nics().getFirst().states().guest()).isEqualTo(EntryState.DIFFERS);
    }

    @Test
    void whatIsAboutToBeWrittenIsNoConflict() {
        World world = World.isc().with(TestGuest.container(200, "dns")).settle(200);
        world.with(TestGuest.container(200, "dns")
                .nic(0, Nets.LAN, "192.168.1.77/24,gw=192.168.1.1")
                .running());
        GuestPlan live = LiveRule.compare(world.plan(200), of(TestGuest.mac(200, 0), "192.168.1.77"));
        assertThat(live.changes(Change.Stage.GUEST)).hasSize(1);
        assertThat(live.conflicts()).isEmpty();
    }

    @Test
    void anUnmanagedGuestIsNeverInConflict() {
        World world = World.isc().with(TestGuest.vm(101, "web").running());
        GuestPlan plan = world.plan(101);
        GuestPlan unmanaged = new GuestPlan(
                plan.guest(),
                false,
                false,
                List.of(),
                List.of(),
                List.of(NicView.unmanaged(plan.guest().nics().getFirst())));
        GuestPlan live = LiveRule.compare(unmanaged, web("192.168.1.77"));
        assertThat(live.state()).isEqualTo(GuestState.UNMANAGED);
        assertThat(live.conflicts()).isEmpty();
    }
}
