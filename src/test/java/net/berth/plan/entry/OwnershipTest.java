package net.berth.plan.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import net.berth.model.row.AddressRow;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestPlan;
import net.berth.plan.Nets;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import net.berth.plan.view.EntryState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person edits in Berth's entries on the router is put right, and what a person made stays. */
class OwnershipTest {
    private static final String OWN = "192.168.1.20";
    private static final MacAddress OTHER = MacAddress.parse("02:00:00:00:00:09");

    private static World world(String dhcp) {
        World world = dhcp.equals("dnsmasq") ? World.dnsmasq() : World.isc();
        return world.with(TestGuest.vm(101, "web"))
                .with(TestGuest.vm(102, "db"))
                .settleAll();
    }

    @ParameterizedTest
    @CsvSource({
        "isc, address", "isc, mac", "isc, name", "isc, removed",
        "dnsmasq, address", "dnsmasq, mac", "dnsmasq, name", "dnsmasq, removed"
    })
    void aMappingThatWasEditedOrRemovedIsRestoredAndTheNameIsNeverRemoved(String dhcp, String what) {
        World world = world(dhcp);
        List<Mapping> before = List.copyOf(world.router.mappings);
        Mapping own = world.router.mappings.removeFirst();
        switch (what) {
            case "address" -> world.router.addMapping(own.name(), "192.168.1.77", own.macText());
            case "mac" -> world.router.addMapping(own.name(), OWN, OTHER.lowerCase());
            case "name" -> world.router.addMapping("printer", OWN, own.macText());
            default -> {}
        }

        GuestPlan plan = world.plan(101);

        assertThat(plan.conflicts()).isEmpty();
        assertThat(plan.nics().getFirst().binding().fqdn()).isEqualTo("web.home.lan");
        assertThat(plan.changes(Change.Stage.INTENT)).isEmpty();
        assertThat(plan.changes(Change.Stage.ROUTER))
                .singleElement()
                .isInstanceOfSatisfying(Change.OnRouter.class, change -> assertThat(change.change())
                        .isInstanceOf(RouterChange.PutMapping.class));
        world.apply(plan);
        assertThat(world.router.mappings).containsExactlyInAnyOrderElementsOf(before);
        assertThat(world.router.resolve("web.home.lan")).containsExactly(OWN);
        assertThat(world.plan(101).changes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"isc", "dnsmasq"})
    void anEntryWithTwoEditsIsAHumans(String dhcp) {
        World world = world(dhcp);
        world.router.mappings.removeFirst();
        Mapping mine = world.humanMapping("mine", "192.168.1.77", TestGuest.mac(101, 0));

        GuestPlan plan = world.plan(101);

        assertThat(plan.conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.FOREIGN_ENTRY);
        assertThat(world.apply(plan).router.mappings).contains(mine);
    }

    @ParameterizedTest
    @ValueSource(strings = {"isc", "dnsmasq"})
    void aMappingThatSharesOnlyTheAddressOfABerthRowIsReplaced(String dhcp) {
        World world = world(dhcp);
        world.router.mappings.removeFirst();
        world.humanMapping("other", OWN, OTHER);

        world.settle(101);

        assertThat(world.router.mappings).noneMatch(found -> found.name().equals("other"));
        assertThat(world.router.resolve("web.home.lan")).containsExactly(OWN);
    }

    /** A row keeps its attributes when a human empties its source; it holds no MAC then. */
    @Test
    void aRowThatIsAHumansByNowDoesNotHoldTheMacOfAnEditedMapping() {
        World world = world("isc");
        Mapping own = world.router.mappings.removeFirst();
        world.router.addMapping(own.name(), "192.168.1.77", own.macText());
        AddressRow row = world.ledger.at(OWN);
        world.ledger.add(new AddressRow(
                999, IpAddress.parse("192.168.1.77"), "nipap", "", "printer", "", row.status(), List.of(), row.avps()));

        GuestPlan plan = world.plan(101);

        assertThat(plan.conflicts()).isEmpty();
        world.apply(plan);
        assertThat(world.router.resolve("web.home.lan")).containsExactly(OWN);
    }

    @Test
    void anEditedAddressIsNotDecidedFromTheGuestsOwnRowsAlone() {
        World world = world("isc");
        Mapping own = world.router.mappings.removeFirst();
        world.router.addMapping(own.name(), "192.168.1.77", own.macText());

        GuestPlan partial = world.planFromOwnRows(101);

        assertThat(partial.needsAllRows() || partial.equals(world.plan(101))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"isc", "dnsmasq"})
    void anotherGuestsMappingOfTheSameMacIsNotTakenHoweverItsAddressWasEdited(String dhcp) {
        World world = world(dhcp);
        world.with(TestGuest.vm(103, "restored").nic(0, Nets.LAN, TestGuest.mac(101, 0), "dhcp"));
        Mapping own = world.router.mappings.removeFirst();
        Mapping edited = world.router.addMapping(own.name(), "192.168.1.77", own.macText());

        GuestPlan plan = world.plan(103);

        assertThat(plan.conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.MAC_TAKEN);
        assertThat(world.apply(plan).router.mappings).contains(edited);
        assertThat(world.address(103, 0)).isNotEqualTo("192.168.1.77");
        world.settle(101);
        assertThat(world.router.mappings).contains(own).doesNotContain(edited);
    }

    @ParameterizedTest
    @CsvSource({"edited", "removed", "capitals"})
    void anAddressOfANameThatWasEditedIsRestored(String what) {
        World world = world("isc");
        DnsRecord own = world.router.records.removeFirst();
        switch (what) {
            case "edited" -> world.router.addRecord(record("web.home.lan", own.aliases(), "192.168.1.77"));
            case "capitals" -> world.router.addRecord(record("WEB.home.lan", own.aliases(), "192.168.1.77"));
            default -> {}
        }

        GuestPlan plan = world.plan(101);

        assertThat(plan.conflicts()).isEmpty();
        assertThat(plan.nics().getFirst().binding().fqdn()).isEqualTo("web.home.lan");
        assertThat(plan.changes()).singleElement().isInstanceOf(Change.OnRouter.class);
        world.apply(plan);
        assertThat(world.router.records).contains(own);
        assertThat(world.router.resolve("web.home.lan")).containsExactly(OWN);
        assertThat(world.plan(101).changes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"isc", "dnsmasq"})
    void aNameThatLeadsElsewhereBesideItsMappingIsPutRight(String dhcp) {
        World world = world(dhcp);
        world.router.records.removeIf(record -> record.named("web.home.lan"));
        world.humanRecord("web.home.lan", "192.168.1.77");

        GuestPlan plan = world.plan(101);

        assertThat(plan.conflicts()).isEmpty();
        world.apply(plan);
        assertThat(world.router.resolve("web.home.lan")).containsExactly(OWN);
        assertThat(world.router.mappings).extracting(Mapping::name).contains("web");
    }

    @ParameterizedTest
    @ValueSource(strings = {"isc", "dnsmasq"})
    void aliasesAndFurtherAddressesThatWereAddedStay(String dhcp) {
        World world = world(dhcp);
        world.router.records.removeIf(record -> record.named("web.home.lan"));
        DnsRecord more =
                world.router.addRecord(record("web.home.lan", List.of("web", "www"), OWN, "192.168.1.99", "fd00::20"));

        GuestPlan plan = world.plan(101);

        assertThat(plan.conflicts()).isEmpty();
        assertThat(plan.nics().getFirst().states().dns()).isEqualTo(EntryState.OK);
        assertThat(plan.changes()).isEmpty();
        assertThat(world.router.records).contains(more);
    }

    @ParameterizedTest
    @ValueSource(strings = {"isc", "dnsmasq"})
    void whatWasAddedStaysWhenAnEditedAddressIsRestored(String dhcp) {
        World world = world(dhcp);
        world.router.records.removeIf(record -> record.named("web.home.lan"));
        world.router.addRecord(record("web.home.lan", List.of("web", "www"), "192.168.1.77", "fd00::20"));

        world.settle(101);

        assertThat(world.router.records).contains(record("web.home.lan", List.of("web", "www"), OWN, "fd00::20"));
        assertThat(world.plan(101).conflicts()).isEmpty();
    }

    @Test
    void anAddressThatWasAddedStaysWhenTheGuestMovesToAnother() {
        World world = world("isc");
        world.router.records.removeIf(record -> record.named("web.home.lan"));
        world.router.addRecord(record("web.home.lan", List.of("web"), OWN, "10.0.9.9"));
        AddressRow old = world.ledger.at(OWN);
        world.ledger.delete(old);
        world.ledger.add("192.168.1.50", "berth", old.externalKey(), "web", "web.home.lan");
        world.ledger.note("192.168.1.50", "berth-mac", TestGuest.mac(101, 0).text());
        // The row before it, as a quarantined one would be.
        world.ledger.add(OWN, "berth", "pve:home:qemu:101:net5", "web", "web.home.lan");

        world.settle(101);

        assertThat(world.router.resolve("web.home.lan")).containsExactlyInAnyOrder("192.168.1.50", "10.0.9.9");
    }

    @Test
    void aNameThatAHumanGaveABerthAddressIsNotANewGuestsName() {
        World world = world("isc");
        DnsRecord theirs = world.humanRecord("shop.home.lan", OWN);
        world.with(TestGuest.vm(103, "shop")).settle(103);

        assertThat(world.router.records).contains(theirs);
        assertThat(world.plan(103).conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.NAME_TAKEN);
    }

    @ParameterizedTest
    @CsvSource({"isc, web", "dnsmasq, web", "isc, printer", "dnsmasq, printer"})
    void aNewMappingOfAHumanThatSharesOnlyOneThingStays(String dhcp, String name) {
        World world = world(dhcp);
        world.router.mappings.removeFirst();
        MacAddress mac = name.equals("web") ? OTHER : TestGuest.mac(101, 0);
        Mapping theirs = world.humanMapping(name, "192.168.1.77", mac);

        world.settle(101);

        assertThat(world.plan(101).conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.FOREIGN_ENTRY);
        assertThat(world.router.mappings).contains(theirs);
    }

    private static DnsRecord record(String name, List<String> aliases, String... addresses) {
        return new DnsRecord(DnsRecord.Kind.HOST_MAPPING, name, aliases, List.of(addresses));
    }
}
