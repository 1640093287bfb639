package net.berth.plan.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.berth.model.GuestId;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowStatus;
import net.berth.plan.Change;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Berth adopts is afterwards as it was before. */
class LoanTest {
    private static final String ROW = "192.168.1.66";

    private final World world = World.isc().with(TestGuest.vm(101, "web").running());
    private final GuestId guest = world.guest(101).id();

    private void goes() {
        world.guests.remove(101);
        // The row and what is on the router; then, when the quarantine is over, the row.
        world.release(guest);
        assertThat(world.gone(guest).changes()).as("in quarantine").isEmpty();
        world.now = World.NOW.plusSeconds(90_000);
        world.release(guest);
        assertThat(world.gone(guest).changes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAdoptedRowGetsItsOwnTextsBack(boolean released) {
        AddressRow row = world.taggedRow(ROW, "WEB");
        world.settle(101).with(TestGuest.vm(101, "shop")).settle(101);
        assertThat(world.ledger.at(ROW).description()).isEqualTo("shop.home.lan");
        if (released) {
            world.apply(world.released(guest).changes());
        }
        goes();
        assertThat(world.ledger.rows()).containsExactly(row);
        assertThat(world.router.records).isEmpty();
        assertThat(world.router.mappings).isEmpty();
    }

    @Test
    void whatTheRowLackedItLacksAgain() {
        AddressRow row = world.ledger.add(new AddressRow(
                7,
                world.taggedRow("192.168.1.99", "x").address().plus(-33),
                "netbox",
                "",
                "web",
                "",
                RowStatus.RESERVED,
                List.of("dmz"),
                Map.of("rack", "7")));
        world.humanMapping("pi", ROW, TestGuest.mac(101, 0));
        world.settle(101);
        assertThat(world.ledger.at(ROW).ours()).isTrue();
        goes();
        assertThat(world.ledger.at(ROW)).isEqualTo(row);
    }

    @Test
    void aGuestThatComesBackInTimeHasItsRowAgain() {
        AddressRow row = world.taggedRow(ROW, "web");
        world.settle(101).release(guest);
        world.settle(101);
        assertThat(world.address(101, 0)).isEqualTo(ROW);
        goes();
        assertThat(world.ledger.rows()).containsExactly(row);
    }

    @Test
    void aNicThatMovesGivesTheRowBack() {
        AddressRow row = world.taggedRow(ROW, "web");
        world.settle(101)
                .with(TestGuest.vm(101, "web")
                        .nic(0, net.berth.plan.Nets.IOT, "dhcp")
                        .running())
                .settle(101);
        world.now = World.NOW.plusSeconds(90_000);
        world.settle(101);
        assertThat(world.ledger.at(ROW)).isEqualTo(row);
        assertThat(world.address(101, 0)).isEqualTo("192.168.30.10");
    }

    /** Version 0.1.0 remembered nothing but that the row was hand-made. */
    @Test
    void aRowThatVersion010AdoptedIsGivenBackWithItsPresentTexts() {
        AddressRow human = world.humanRow(ROW, "web");
        world.humanMapping("pi", ROW, TestGuest.mac(101, 0));
        world.settle(101);
        List.of("source", "node", "description", "status", "mapping", "name")
                .forEach(name -> world.ledger.note(ROW, RowAttributes.BEFORE + name, "x"));
        AddressRow now = world.ledger.at(ROW);
        Map<String, String> old = new java.util.HashMap<>(now.avps());
        old.keySet().removeIf(name -> name.startsWith(RowAttributes.BEFORE));
        world.ledger.delete(now);
        world.ledger.add(new AddressRow(
                now.id(),
                now.address(),
                now.source(),
                now.externalKey(),
                now.node(),
                now.description(),
                now.status(),
                now.tags(),
                old));
        assertThat(world.plan(101).changes()).isEmpty();
        goes();
        AddressRow back = world.ledger.at(ROW);
        assertThat(back.id()).isEqualTo(human.id());
        assertThat(back.source()).isEqualTo("nipap");
        assertThat(back.externalKey()).isEmpty();
        assertThat(back.node()).isEqualTo("web");
        assertThat(back.description()).isEqualTo("web.home.lan");
        assertThat(back.status()).isEqualTo(RowStatus.ASSIGNED);
        assertThat(back.avps()).isEqualTo(Map.of("rack", "7"));
    }

    @Test
    void theMappingAndTheNameOfAHumanStayAndOnlyWhatBerthMadeIsDeleted() {
        Mapping mapping = world.humanMapping("printer", ROW, TestGuest.mac(101, 0));
        DnsRecord name = world.humanRecord("web.home.lan", ROW);
        world.settle(101);
        assertThat(world.address(101, 0)).isEqualTo(ROW);
        world.with(TestGuest.vm(101, "shop").running()).settle(101);
        assertThat(world.router.records)
                .as("the old name is a human's")
                .hasSize(2)
                .contains(name);
        goes();
        assertThat(world.ledger.rows()).isEmpty();
        assertThat(world.router.mappings).containsExactly(mapping);
        assertThat(world.router.records).containsExactly(name);
    }

    @Test
    void aRowOfBerthsThatLostItsKeyIsNoLoan() {
        world.settle(101);
        AddressRow own = world.ledger.at("192.168.1.20");
        world.ledger.delete(own);
        world.ledger.add(new AddressRow(
                own.id(),
                own.address(),
                own.source(),
                "",
                own.node(),
                own.description(),
                own.status(),
                own.tags(),
                own.avps()));
        world.settle(101);
        assertThat(world.ledger.at("192.168.1.20").onLoan()).isFalse();
        goes();
        assertThat(world.ledger.rows()).isEmpty();
        assertThat(world.router.mappings).isEmpty();
    }

    @Test
    void aMappingOfAHumanKeepsItsNameWhileTheGuestHasNone() {
        Mapping mapping = world.humanMapping("printer", ROW, TestGuest.mac(101, 0));
        world.humanRecord("web.home.lan", "192.168.1.5");
        world.settle(101);
        assertThat(world.router.mappings).containsExactly(mapping);
        goes();
        assertThat(world.router.mappings).containsExactly(mapping);
    }

    @Test
    void aMappingThatAHumanEditsDuringTheQuarantineStays() {
        world.humanMapping("printer", ROW, TestGuest.mac(101, 0));
        world.settle(101);
        world.with(TestGuest.vm(101, "web")
                        .nic(0, net.berth.plan.Nets.LAN, TestGuest.mac(101, 7), "dhcp")
                        .running())
                .settle(101);
        world.guests.remove(101);
        world.release(guest);
        assertThat(world.router.mappings).singleElement().matches(back -> back.maps(TestGuest.mac(101, 0)));
        world.router.mappings.clear();
        Mapping edited = world.humanMapping("printer", ROW, TestGuest.mac(101, 9));
        assertThat(world.gone(guest).changes()).isEmpty();
        world.now = World.NOW.plusSeconds(90_000);
        world.release(guest);
        assertThat(world.router.mappings).containsExactly(edited);
        assertThat(world.ledger.rows()).isEmpty();
    }

    @Test
    void theRowIsGivenBackInOneEdit() {
        world.taggedRow(ROW, "web");
        world.settle(101).release(guest);
        world.now = World.NOW.plusSeconds(90_000);
        assertThat(world.gone(guest).changes()).singleElement().satisfies(change -> {
            assertThat(change).isInstanceOf(Change.Edit.class);
            assertThat(change.what()).isEqualTo("give back the row 192.168.1.66 in NIPAP");
            assertThat(change.creates()).isFalse();
        });
    }
}
