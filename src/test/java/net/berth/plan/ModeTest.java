package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.model.Policy.Mode;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.plan.view.GuestState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far Berth goes. */
class ModeTest {

    @Test
    void reportPlansAllThatSyncWouldDo() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101).with(TestGuest.vm(101, "shop"));
        GuestPlan sync = world.plan(101);
        world.mode = Mode.REPORT;
        assertThat(world.plan(101)).isEqualTo(sync);
        assertThat(sync.changes()).isNotEmpty();
    }

    @Test
    void createMakesAllThatANewGuestNeeds() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        world.mode = Mode.CREATE;
        world.settle(101);
        assertThat(world.plan(101).state()).isEqualTo(GuestState.SETTLED);
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.20");
    }

    @Test
    void createMakesAgainWhatWasDeleted() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.mode = Mode.CREATE;
        world.router.mappings.clear();
        world.router.records.clear();
        world.settle(101);
        assertThat(world.router.mappings).hasSize(1);
        assertThat(world.router.records).hasSize(1);
    }

    @Test
    void createAdoptsAHumansRow() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        world.mode = Mode.CREATE;
        world.taggedRow("192.168.1.66", "web");
        assertThat(world.settle(101).address(101, 0)).isEqualTo("192.168.1.66");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rename", "bridge", "nic gone", "drift", "fixed address"})
    void createChangesAndRemovesNothing(String what) {
        World world = World.isc()
                .with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "dhcp").nic(1, Nets.LAN, "dhcp"))
                .settle(101);
        world.mode = Mode.CREATE;
        List<AddressRow> rows = world.ledger.rows();
        switch (what) {
            case "rename" ->
                world.with(TestGuest.vm(101, "shop").nic(0, Nets.LAN, "dhcp").nic(1, Nets.LAN, "dhcp"));
            case "bridge" ->
                world.with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "dhcp").nic(1, Nets.DMZ, "dhcp"));
            case "nic gone" -> world.with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "dhcp"));
            case "drift" -> {
                Mapping mapping = world.router.mappings.removeFirst();
                world.router.addMapping("drifted", mapping.addressText(), mapping.macText());
            }
            default ->
                world.with(TestGuest.vm(101, "web")
                        .nic(0, Nets.LAN, "192.168.1.77/24")
                        .nic(1, Nets.LAN, "dhcp"));
        }
        List<Mapping> mappings = List.copyOf(world.router.mappings);

        GuestPlan plan = world.plan(101);
        world.apply(plan);

        assertThat(plan.changes()).allMatch(Change::creates);
        assertThat(world.ledger.rows()).containsAll(rows);
        assertThat(world.router.mappings).isEqualTo(mappings);
    }

    @Test
    void createGivesNoNameToTheRouterThatNipapDoesNotHold() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101).with(TestGuest.vm(101, "shop"));
        world.mode = Mode.CREATE;
        world.apply(world.plan(101));
        assertThat(world.ledger.at("192.168.1.20").description()).isEqualTo("web.home.lan");
        assertThat(world.router.resolve("shop.home.lan")).isEmpty();
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.20");
    }
}
