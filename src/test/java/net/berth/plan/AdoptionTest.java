package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import net.berth.model.router.Mapping;
import net.berth.model.row.RowAttributes;
import net.berth.plan.guest.GuestConfigRule;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.GuestState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a NIC without a row takes over, and what it leaves. */
class AdoptionTest {
    @Test
    void aHumansRowComesBeforeTheGuestsConfigAndTheRouter() {
        World world = World.isc().with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "192.168.1.77/24"));
        world.humanMapping("web", "192.168.1.88", TestGuest.mac(101, 0));
        world.taggedRow("192.168.1.66", "web");
        assertThat(world.plan(101).changes(Change.Stage.INTENT))
                .extracting(Change::what)
                .containsExactly("adopt the row" + " 192.168.1.66 in NIPAP");
    }

    @Test
    void theGuestsConfigComesBeforeTheRouter() {
        World world = World.isc().with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "192.168.1.77/24"));
        world.humanMapping("web", "192.168.1.88", TestGuest.mac(101, 0));
        assertThat(world.plan(101).changes(Change.Stage.INTENT))
                .extracting(Change::what)
                .containsExactly("claim" + " 192.168.1.77 in NIPAP");
    }

    @Test
    void ofTwoRowsTheOneTheGuestUsesIsTaken() {
        World world = World.isc().with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "192.168.1.77/24"));
        world.humanRow("192.168.1.66", "web");
        world.humanRow("192.168.1.77", "web");
        world.settle(101);
        assertThat(world.address(101, 0)).isEqualTo("192.168.1.77");
        assertThat(world.ledger.at("192.168.1.66").ours()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "Web", "web.home.lan"})
    void aRowIsForAGuestByItsNameOrItsFullName(String node) {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        world.taggedRow("192.168.1.66", node);
        assertThat(world.settle(101).address(101, 0)).isEqualTo("192.168.1.66");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "web2", "we", "web.iot.lan"})
    void aRowForAnotherIsLeft(String node) {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        world.humanRow("192.168.1.66", node);
        assertThat(world.settle(101).address(101, 0)).isEqualTo("192.168.1.20");
    }

    @Test
    void aGuestWithoutNameAdoptsNoRowWithoutNode() {
        World world = World.isc().with(TestGuest.vm(101, ""));
        world.humanRow("192.168.1.66", "");
        assertThat(world.settle(101).address(101, 0)).isEqualTo("192.168.1.20");
    }

    @Test
    void anAdoptedRowWithItsMappingKeepsTheMappingsName() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        world.humanRow("192.168.1.66", "web");
        Mapping mapping = world.humanMapping("printer", "192.168.1.66", TestGuest.mac(101, 0));

        world.settle(101);

        assertThat(world.router.mappings).containsExactly(mapping);
        assertThat(world.ledger.at("192.168.1.66").avp(RowAttributes.MAPPING)).isEqualTo("printer");
    }

    @Test
    void anAdoptedMappingKeepsItsNameThroughARenameOfItsGuest() {
        World world = World.dnsmasq().with(TestGuest.vm(101, "web"));
        Mapping mapping = world.humanMapping("printer", "192.168.1.88", TestGuest.mac(101, 0));
        world.settle(101).with(TestGuest.vm(101, "office")).settle(101);
        assertThat(world.router.mappings).containsExactly(mapping);
        assertThat(world.router.resolve("office.home.lan")).containsExactly("192.168.1.88");
        assertThat(world.router.resolve("web.home.lan")).isEmpty();
    }

    @Test
    void anAddressOutsideOfTheNetworkIsTold() {
        World world = World.isc().with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "10.0.0.5/24"));

        GuestPlan plan = world.plan(101);

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
            assertThat(conflict.code()).isEqualTo(ConflictCode.OUTSIDE_PREFIX);
            assertThat(conflict.message())
                    .isEqualTo("web (home/qemu/101) net0 has the fixed address 10.0.0.5, which is no host address of"
                            + " network lan (192.168.1.0/24)");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.0/24", "192.168.1.255/24"})
    void networkAndBroadcastAreNoAddressesOfAGuest(String config) {
        World world = World.isc().with(TestGuest.vm(101, "web").nic(0, Nets.LAN, config));
        assertThat(world.plan(101).conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.OUTSIDE_PREFIX);
    }

    @Test
    void aConfigThatTakesNoEffectIsNotAdoptedAndIsNoDuplicate() {
        World world = World.isc()
                .with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "192.168.1.50/24"))
                .settle(101)
                .with(TestGuest.vm(102, "appliance")
                        .nic(0, Nets.LAN, "192.168.1.50/24")
                        .withoutCloudInit());

        assertThat(GuestConfigRule.duplicated(world.guest(102), RowIndex.of(world.ledger.rows())))
                .isEmpty();
        world.settle(102);
        assertThat(world.address(102, 0)).isEqualTo("192.168.1.20");
        assertThat(world.plan(102).state()).isEqualTo(GuestState.SETTLED);
        assertThat(world.plan(102).nics().getFirst().states().guest()).isEqualTo(EntryState.NOT_APPLICABLE);
    }

    @Test
    void anAddressThatRestsIsNotTheGuestsToAdopt() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.release(world.guests.remove(101).id());
        world.with(TestGuest.vm(102, "db").nic(0, Nets.LAN, "192.168.1.20/24").running());

        GuestPlan plan = world.plan(102);

        assertThat(plan.changes(Change.Stage.INTENT))
                .extracting(Change::what)
                .containsExactly("claim 192.168.1.21 in" + " NIPAP");
        assertThat(plan.conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.GUEST_DIFFERS);
    }
}
