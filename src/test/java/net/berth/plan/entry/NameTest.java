package net.berth.plan.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.model.Network;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestPlan;
import net.berth.plan.Nets;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.GuestState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is called what, and where that is written. */
class NameTest {

    @Test
    void withIscANameIsARecordWithItsShortFormAsAlias() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        assertThat(world.router.records)
                .containsExactly(new DnsRecord(
                        DnsRecord.Kind.HOST_MAPPING, "web.home.lan", List.of("web"), List.of("192.168.1.20")));
    }

    @Test
    void withDnsmasqTheMappingAloneMakesTheName() {
        World world = World.dnsmasq().with(TestGuest.vm(101, "web")).settle(101);
        assertThat(world.router.records).isEmpty();
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.20");
        assertThat(world.plan(101).nics().getFirst().states().dns()).isEqualTo(EntryState.OK);
    }

    @Test
    void withDnsmasqARecordOfBerthsThatSaysOtherwiseGoes() {
        World world = World.dnsmasq().with(TestGuest.vm(101, "web")).settle(101);
        world.ledger.add("192.168.1.99", "berth", "pve:home:lxc:999:net0", "old", "old.home.lan");
        world.humanRecord("web.home.lan", "192.168.1.99");
        world.settle(101);
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.20");
    }

    @ParameterizedTest
    @CsvSource({"a, a-101", "web.example.org, web", "WEB, web", "'', vm101", "web_1, vm101"})
    void theRouterGetsANameItTakes(String name, String label) {
        World world = World.isc().with(TestGuest.vm(101, name)).settle(101);
        assertThat(world.router.mappings).extracting(Mapping::name).containsExactly(label);
        assertThat(world.router.resolve(label + ".home.lan")).containsExactly("192.168.1.20");
        assertThat(world.ledger.at("192.168.1.20").node()).isEqualTo(name.isEmpty() ? "vm101" : name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"we b", "-web", "..", "web..x", "a'b", "$(reboot)", "w\u00e4b"})
    void aRowThatCallsItsMappingAsNoRouterDoesIsTakenForOneThatSaysNothing(String name) {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.ledger.note("192.168.1.20", RowAttributes.MAPPING, name);

        world.settle(101)
                .with(TestGuest.vm(102, "web").nic(0, Nets.IOT, "dhcp"))
                .settle(102)
                .settle(101);

        assertThat(world.router.mappings).extracting(Mapping::name).containsExactly("web", "vm102-net0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRenameMovesTheNameAndLeavesNothingBehind(boolean dnsmasq) {
        World world = dnsmasq ? World.dnsmasq() : World.isc();
        world.with(TestGuest.vm(101, "web")).settle(101).with(TestGuest.vm(101, "shop"));

        GuestPlan plan = world.plan(101);
        assertThat(plan.changes(Change.Stage.INTENT)).singleElement().satisfies(change -> assertThat(change.reason())
                .isEqualTo("the name of shop (home/qemu/101) net0 is now shop.home.lan"));
        world.apply(plan.changes(Change.Stage.INTENT));
        assertThat(world.ledger.at("192.168.1.20").avp(RowAttributes.WAS)).isEqualTo("web.home.lan");
        world.settle(101);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.20");
        assertThat(world.router.resolve("shop.home.lan")).containsExactly("192.168.1.20");
        assertThat(world.router.resolve("web.home.lan")).isEmpty();
        assertThat(world.ledger.at("192.168.1.20").avps()).doesNotContainKey(RowAttributes.WAS);
        assertThat(world.ledger.at("192.168.1.20").node()).isEqualTo("shop");
    }

    @Test
    void twoRenamesWithACrashAfterEachLeaveNoNameBehind() {
        World world = World.isc().with(TestGuest.vm(101, "one")).settle(101).with(TestGuest.vm(101, "two"));
        world.apply(world.plan(101).changes(Change.Stage.INTENT));
        List<Change> onRouter = world.plan(101).changes(Change.Stage.ROUTER);
        world.apply(onRouter.stream().filter(Change::creates).toList());
        world.with(TestGuest.vm(101, "three"));
        world.apply(world.plan(101).changes(Change.Stage.INTENT));

        world.settle(101);

        assertThat(world.router.records).extracting(DnsRecord::name).containsExactly("three.home.lan");
        assertThat(world.router.mappings).extracting(Mapping::name).containsExactly("three");
    }

    @Test
    void aRenameThereAndBackIsNoChange() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        List<DnsRecord> before = List.copyOf(world.router.records);
        world.with(TestGuest.vm(101, "shop"));
        world.apply(world.plan(101).changes(Change.Stage.INTENT));
        world.with(TestGuest.vm(101, "web")).settle(101);
        assertThat(world.router.records).isEqualTo(before);
        assertThat(world.ledger.at("192.168.1.20").avps()).doesNotContainKey(RowAttributes.WAS);
    }

    @Test
    void aNameThatItsOwnerGivesUpGoesToTheNext() {
        World world = World.isc()
                .with(TestGuest.vm(101, "web"))
                .with(TestGuest.vm(102, "web"))
                .settleAll()
                .with(TestGuest.vm(101, "shop"))
                .settleAll();
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.21");
        assertThat(world.router.resolve("shop.home.lan")).containsExactly("192.168.1.20");
        assertThat(world.plan(102).state()).isEqualTo(GuestState.SETTLED);
    }

    @Test
    void anOlderGuestThatTakesAYoungersNameGetsNone() {
        World world = World.isc()
                .with(TestGuest.vm(101, "shop"))
                .with(TestGuest.vm(102, "web"))
                .settleAll()
                .with(TestGuest.vm(101, "web"))
                .settleAll();
        assertThat(world.plan(101).conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.NAME_TAKEN);
        assertThat(world.plan(102).state()).isEqualTo(GuestState.SETTLED);
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.21");
        assertThat(world.router.resolve("shop.home.lan")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneNameInTwoDomainsIsTwoNamesAndTwoMappings(boolean dnsmasq) {
        World world = dnsmasq ? World.dnsmasq() : World.isc();
        world.with(TestGuest.vm(101, "web"))
                .with(TestGuest.vm(102, "web").nic(0, Nets.IOT, "dhcp"))
                .settle(101)
                .settle(102);

        assertThat(world.plan(101).changes()).isEmpty();
        assertThat(world.plan(102).changes()).isEmpty();
        assertThat(world.plan(101).conflicts()).isEmpty();
        assertThat(world.plan(102).conflicts()).isEmpty();
        assertThat(world.router.mappings).extracting(Mapping::name).containsExactly("web", "vm102-net0");
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.20");
        assertThat(world.router.resolve("web.iot.lan")).containsExactly("192.168.30.10");
        assertThat(world.router.records.stream().filter(record -> record.answersTo("web")))
                .as("the short form leads one way at most")
                .hasSizeLessThan(2);
    }

    @Test
    void anotherDomainsOlderGuestDoesNotTakeAMappingsNameByARename() {
        World world = World.dnsmasq()
                .with(TestGuest.vm(101, "db").nic(0, Nets.IOT, "dhcp"))
                .with(TestGuest.vm(102, "web"))
                .settleAll()
                .with(TestGuest.vm(101, "web").nic(0, Nets.IOT, "dhcp"))
                .settle(101);
        assertThat(world.plan(102).changes()).isEmpty();
        assertThat(world.planFromOwnRows(102).changes()).isEmpty();
        assertThat(world.router.mappings).extracting(Mapping::name).containsExactly("web", "vm101-net0");
    }

    @Test
    void aNameWhereBerthMakesNoMappingsIsNoMappingsName() {
        World world = World.isc();
        world.networks = List.of(Nets.LAN, offRouter(Nets.IOT));
        world.with(TestGuest.vm(101, "web").nic(0, Nets.IOT, "dhcp"))
                .with(TestGuest.vm(102, "web"))
                .settle(101)
                .settle(102);

        assertThat(world.router.mappings).extracting(Mapping::name).containsExactly("web");
        assertThat(world.plan(102).changes()).isEmpty();
    }

    /** The router serves it all the same. */
    private static Network offRouter(Network net) {
        return new Network(
                net.name(),
                net.bridge(),
                net.vlan(),
                net.prefix(),
                net.gatewayText(),
                net.domain(),
                net.nameservers(),
                "",
                net.exclude(),
                net.pool());
    }

    @Test
    void aGuestIsNotCalledAsAnAdoptedMappingWithDnsmasq() {
        World world = World.dnsmasq().with(TestGuest.vm(101, "office")).with(TestGuest.vm(102, "printer"));
        world.humanMapping("printer", "192.168.1.88", TestGuest.mac(101, 0));
        world.settle(101).settle(102);
        assertThat(world.plan(102).conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.NAME_TAKEN);
        assertThat(world.router.resolve("printer.home.lan")).containsExactly("192.168.1.88");
        assertThat(world.plan(101).changes()).isEmpty();
    }

    /** Its subnet has a domain of its own on the router, in which dnsmasq makes a second name of each mapping. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMappingIsNotCalledAsANameThatAPersonGaveInTheRoutersOwnDomain(boolean later) {
        World world = World.dnsmasq().with(TestGuest.vm(101, "web"));
        world.router.makesNamesIn("lan");
        if (later) {
            world.settle(101);
        }
        DnsRecord theirs = world.humanRecord("web.lan", "192.168.1.5");
        world.humanRecord("vm101-net0.lan", "192.168.1.6");

        world.settle(101);

        assertThat(world.router.mappings).extracting(Mapping::name).containsExactly("vm101-net0-192-168-1-20");
        assertThat(world.router.records).contains(theirs);
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.20");
        assertThat(world.plan(101).conflicts()).isEmpty();
    }

    /** One domain for all subnets on the router, two in the settings. */
    @Test
    void aNameThatDnsmasqMakesOfAnothersMappingIsTaken() {
        World world = World.dnsmasq()
                .with(TestGuest.vm(101, "web").nic(0, Nets.IOT, "dhcp"))
                .with(TestGuest.vm(102, "web"));
        world.router.makesNamesIn("home.lan");

        world.settle(101).settle(102);

        assertThat(world.plan(102).conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.NAME_TAKEN);
        assertThat(world.router.records).extracting(DnsRecord::name).containsExactly("web.iot.lan");
        assertThat(world.plan(101).changes()).isEmpty();
    }

    @Test
    void aMappingIsNotCalledSoThatDnsmasqMakesAnothersDnsNameOfIt() {
        World world = World.dnsmasq()
                .with(TestGuest.vm(101, "web"))
                .with(TestGuest.vm(102, "web").nic(0, Nets.IOT, "dhcp"));
        world.router.makesNamesIn("home.lan");
        world.humanMapping("printer", "192.168.1.88", TestGuest.mac(101, 0));
        world.settle(101);
        // Its row says so still.
        world.router.records.clear();

        world.settle(102).settle(101);

        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.88");
        assertThat(world.router.resolve("web.iot.lan")).containsExactly("192.168.30.10");
    }

    @Test
    void ipv6AddressesOfANameAreCarriedOver() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.ledger.add("192.168.1.99", "berth", "pve:home:lxc:999:net0", "old", "old.home.lan");
        world.router.records.clear();
        world.humanRecord("web.home.lan", "192.168.1.99", "fd00::20");
        world.settle(101);
        assertThat(world.router.records).singleElement().satisfies(record -> assertThat(record.addresses())
                .containsExactly("192.168.1.20", "fd00::20"));
    }

    @Test
    void aHumansOptionThatSaysTheSameIsEnough() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        DnsRecord option = world.router.addRecord(
                new DnsRecord(DnsRecord.Kind.OPTION, "web.home.lan", List.of(), List.of("192.168.1.66")));
        world.taggedRow("192.168.1.66", "web");
        world.settle(101);
        assertThat(world.router.records).containsExactly(option);
        assertThat(world.plan(101).nics().getFirst().states().dns()).isEqualTo(EntryState.OK);
    }

    @Test
    void aHumansOptionWithTheOldNameStaysAfterARename() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.router.records.clear();
        DnsRecord option = world.router.addRecord(
                new DnsRecord(DnsRecord.Kind.OPTION, "web.home.lan", List.of(), List.of("192.168.1.20")));
        world.with(TestGuest.vm(101, "shop")).settle(101);
        assertThat(world.router.records).contains(option);
    }

    @Test
    void aShortFormThatAPersonGaveAwayIsNotTaken() {
        World world = World.isc().with(TestGuest.vm(101, "web"));
        world.router.addRecord(
                new DnsRecord(DnsRecord.Kind.HOST_MAPPING, "proxy.home.lan", List.of("web"), List.of("192.168.1.5")));
        world.settle(101);
        assertThat(world.router.resolve("web")).containsExactly("192.168.1.5");
        assertThat(world.router.resolve("web.home.lan")).containsExactly("192.168.1.20");
        assertThat(world.plan(101).state()).isEqualTo(GuestState.SETTLED);
    }

    @Test
    void withoutDomainAndRouterTheRowAloneKnowsTheName() {
        World world = World.isc()
                .with(TestGuest.vm(101, "web").nic(0, Nets.DMZ, "dhcp"))
                .settle(101);
        AddressRow row = world.ledger.at("10.9.0.2");
        assertThat(row.description()).isEqualTo("web");
        assertThat(world.router.mappings).isEmpty();
        assertThat(world.plan(101).state()).isEqualTo(GuestState.SETTLED);
        assertThat(world.plan(101).nics().getFirst().states().dhcp()).isEqualTo(EntryState.NOT_APPLICABLE);
    }
}
