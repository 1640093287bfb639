package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowEdit;
import net.berth.model.row.RowStatus;
import net.berth.plan.view.GuestState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to a NIC's address while its guest changes. */
class LifeTest {
    private static final MacAddress NEW_MAC = MacAddress.parse("BC:24:11:AA:AA:AA");

    @Test
    void anotherMacKeepsTheAddress() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.with(TestGuest.vm(101, "web").nic(0, Nets.LAN, NEW_MAC, "dhcp"));

        GuestPlan plan = world.plan(101);
        assertThat(plan.changes(Change.Stage.INTENT)).singleElement().satisfies(change -> assertThat(change.reason())
                .isEqualTo("the MAC of web (home/qemu/101) net0 is now BC:24:11:AA:AA:AA"));
        world.apply(plan);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.20");
        assertThat(world.router.mappings).singleElement().matches(mapping -> mapping.maps(NEW_MAC));
        assertThat(world.ledger.at("192.168.1.20").avp(RowAttributes.MAC)).isEqualTo(NEW_MAC.text());
        assertThat(world.plan(101).changes()).isEmpty();
    }

    @Test
    void aStopKeepsEverythingAndSaysReserved() {
        World world = World.isc().with(TestGuest.vm(101, "web").running()).settle(101);
        world.with(TestGuest.vm(101, "web"));

        GuestPlan plan = world.plan(101);

        assertThat(plan.state()).isEqualTo(GuestState.SETTLED);
        assertThat(plan.changes()).singleElement().satisfies(change -> {
            assertThat(change.stage()).isEqualTo(Change.Stage.NOTE);
            assertThat(change.reason()).isEqualTo("web (home/qemu/101) net0 is stopped");
        });
        assertThat(world.apply(plan).ledger.at("192.168.1.20").status()).isEqualTo(RowStatus.RESERVED);
    }

    @Test
    void aNicThatIsGoneLosesItsAddressInSteps() {
        World world = World.isc()
                .with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "dhcp").nic(1, Nets.IOT, "dhcp"))
                .settle(101)
                .with(TestGuest.vm(101, "web"));

        GuestPlan plan = world.plan(101);
        assertThat(plan.changes(Change.Stage.INTENT)).singleElement().satisfies(change -> assertThat(change.reason())
                .isEqualTo(
                        "no NIC of web (home/qemu/101) is bound to 192.168.30.10 any more; the address is in quarantine until"
                                + " 2026-11-21T10:00:00Z"));
        world.apply(plan);

        assertThat(world.ledger.at("192.168.30.10").status()).isEqualTo(RowStatus.QUARANTINE);
        assertThat(world.router.mappings).extracting(Mapping::name).containsExactly("web");
        assertThat(world.router.resolve("web-net1.iot.lan")).isEmpty();
        assertThat(world.plan(101).changes()).isEmpty();
        world.now = World.NOW.plusSeconds(86_400);
        world.settle(101);
        assertThat(world.ledger.rows()).hasSize(1);
    }

    @Test
    void theNameGoesToTheFirstNicThatIsLeft() {
        World world = World.isc()
                .with(TestGuest.vm(101, "web").nic(0, Nets.LAN, "dhcp").nic(1, Nets.LAN, "dhcp"))
                .settle(101)
                .with(TestGuest.vm(101, "web").nic(1, Nets.LAN, "dhcp"));

        world.apply(world.plan(101));

        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.21");
        assertThat(world.router.resolve("web-net1.home.lan")).isEmpty();
        assertThat(world.plan(101).conflicts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherBridgeMeansAnotherAddressAndTheOldOneRests(boolean dnsmasq) {
        World world = dnsmasq ? World.dnsmasq() : World.isc();
        world.with(TestGuest.vm(101, "web"))
                .settle(101)
                .with(TestGuest.vm(101, "web").nic(0, Nets.IOT, "dhcp"));

        world.apply(world.plan(101));

        assertThat(world.address(101, 0)).isEqualTo("192.168.30.10");
        assertThat(world.ledger.at("192.168.1.20").quarantined()).isTrue();
        assertThat(world.router.mappings).singleElement().matches(mapping -> mapping.addressText()
                .equals("192.168.30.10"));
        assertThat(world.router.resolve("web.home.lan")).isEmpty();
        assertThat(world.router.resolve("web.iot.lan")).containsExactly("192.168.30.10");
    }

    @Test
    void backOnItsOldBridgeItGetsItsOldAddress() {
        World world = World.isc()
                .with(TestGuest.vm(101, "web"))
                .settle(101)
                .with(TestGuest.vm(101, "web").nic(0, Nets.IOT, "dhcp"))
                .settle(101)
                .with(TestGuest.vm(101, "web"));

        assertThat(world.plan(101).changes(Change.Stage.INTENT))
                .extracting(Change::reason)
                .contains("web (home/qemu/101) net0 is back and gets its old address 192.168.1.20");
        world.settle(101);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.20");
        assertThat(world.ledger.at("192.168.1.20").avps()).doesNotContainKey(RowAttributes.FREE_AT);
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.20");
    }

    @Test
    void aNicOnNoConfiguredNetworkIsNobodysButItsOldRowRests() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.with(TestGuest.vm(101, "web").nic(0, elsewhere(), "dhcp"));
        world.settle(101);
        assertThat(world.ledger.at("192.168.1.20").quarantined()).isTrue();
        assertThat(world.plan(101).nics())
                .singleElement()
                .matches(nic -> nic.binding().network().isEmpty());
    }

    @Test
    void aRowInANetworkThatIsNotConfiguredIsLeftAlone() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        AddressRow elsewhere = world.ledger.add("172.16.0.5", "berth", "pve:home:qemu:101:net3", "web", "web.old.lan");
        assertThat(world.plan(101).changes()).isEmpty();
        assertThat(world.ledger.rows()).contains(elsewhere);
    }

    @Test
    void aNumberThatIsUsedAgainIsAnotherMachine() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.with(TestGuest.vm(101, "shop").uuid("another").nic(0, Nets.LAN, NEW_MAC, "dhcp"));

        world.apply(world.plan(101));

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.21");
        assertThat(world.ledger.at("192.168.1.20").quarantined()).isTrue();
        assertThat(world.router.mappings).singleElement().matches(mapping -> mapping.addressText()
                .equals("192.168.1.21"));
        assertThat(world.router.resolve("web.home.lan")).isEmpty();
    }

    @Test
    void aContainersNumberThatIsUsedAgainAfterItsReleaseIsAnotherMachine() {
        World world = World.isc().with(TestGuest.container(200, "dns")).settle(200);
        world.release(world.guest(200).id());
        world.with(TestGuest.container(200, "dns").nic(0, Nets.LAN, NEW_MAC, "dhcp"))
                .settle(200);
        assertThat(world.address(200, 0)).isEqualTo("192.168.1.21");
        assertThat(world.router.resolve("dns.home.lan")).containsExactly("192.168.1.21");
    }

    @Test
    void aGuestThatComesBackBeforeItsAddressIsFreedGetsItAgain() {
        World world = World.dnsmasq().with(TestGuest.vm(101, "web")).settle(101);
        world.release(world.guest(101).id());
        assertThat(world.router.mappings).isEmpty();

        world.settle(101);

        AddressRow row = world.ledger.at("192.168.1.20");
        assertThat(row.status()).isEqualTo(RowStatus.RESERVED);
        assertThat(row.avps()).doesNotContainKey(RowAttributes.FREE_AT);
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.20");
    }

    @Test
    void aGuestThatComesBackToATakenNameGetsItsAddressAndNoName() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.release(world.guest(101).id()).with(TestGuest.vm(102, "web")).settle(102);

        assertThat(world.planFromOwnRows(101).needsAllRows()).isTrue();
        world.settle(101);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.20");
        assertThat(world.plan(101).conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.NAME_TAKEN);
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.21");
    }

    @Test
    void ofTwoRowsOfOneNicTheOlderStays() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.ledger.add("192.168.1.90", "berth", "pve:home:qemu:101:net0", "web", "web.home.lan");
        world.router.addMapping("double", "192.168.1.90", TestGuest.mac(101, 0).lowerCase());

        GuestPlan plan = world.plan(101);
        world.apply(plan);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.20");
        assertThat(world.ledger.at("192.168.1.90").quarantined()).isTrue();
        assertThat(world.router.mappings).extracting(Mapping::addressText).containsExactly("192.168.1.20");
        assertThat(plan.changes(Change.Stage.INTENT)).singleElement().satisfies(change -> assertThat(change.reason())
                .startsWith("web (home/qemu/101) net0 has an older row 192.168.1.20"));
    }

    @Test
    void whatElseARowHoldsStays() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        AddressRow row = world.ledger.at("192.168.1.20");
        world.ledger.edit(
                row,
                new RowEdit(Map.of(), Map.of("owner", "ann", "berth-later", "x"), new RowEdit.Expiry.Keep()),
                false);
        world.with(TestGuest.vm(101, "shop").running()).settle(101);
        assertThat(world.ledger.at("192.168.1.20").avps())
                .containsEntry("owner", "ann")
                .containsEntry("berth-later", "x");
    }

    private static Network elsewhere() {
        return new Network(
                "x", "vmbr7", 0, Nets.LAN.prefix(), Nets.LAN.gatewayText(), "", List.of(), "", List.of(), "");
    }
}
