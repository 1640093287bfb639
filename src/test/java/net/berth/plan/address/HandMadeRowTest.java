package net.berth.plan.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.berth.model.Guest.LiveAddress;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowStatus;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestPlan;
import net.berth.plan.Nets;
import net.berth.plan.TestGuest;
import net.berth.plan.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A hand-made row with a guest's name: adopted by a second proof only, and never while another machine has the address. */
class HandMadeRowTest {
    private static final String ROW = "192.168.1.53";
    private static final MacAddress OWN = TestGuest.mac(101, 0);
    private static final MacAddress OTHER = MacAddress.parse("02:00:00:00:00:01");

    private static World world(String config) {
        return World.isc()
                .with(TestGuest.vm(101, "pihole").nic(0, Nets.LAN, config).running());
    }

    private static void prove(World world, String proof) {
        switch (proof) {
            case "tag" -> world.taggedRow(ROW, "pihole");
            case "config" -> world.humanRow(ROW, "pihole");
            case "mapping" -> world.humanMapping("pi", ROW, OWN);
            case "lease" -> world.lease(ROW, OWN, World.NOW.plusSeconds(600));
            case "neighbour" -> world.neighbour(ROW, OWN, false);
            case "agent" -> world.live.add(new LiveAddress(OWN, IpAddress.parse(ROW)));
            default -> throw new IllegalArgumentException(proof);
        }
        if (world.ledger.rows().isEmpty()) {
            world.humanRow(ROW, "pihole");
        }
    }

    private static void deny(World world, String denial) {
        switch (denial) {
            case "mapping" -> world.humanMapping("tv", ROW, OTHER);
            case "lease" -> world.lease(ROW, OTHER, World.NOW.plusSeconds(600));
            case "neighbour" -> world.neighbour(ROW, OTHER, true);
            default -> throw new IllegalArgumentException(denial);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag", "config", "mapping", "lease", "neighbour", "agent"})
    void aSecondProofIsEnough(String proof) {
        World world = world(proof.equals("config") ? ROW + "/24" : "dhcp");
        prove(world, proof);
        assertThat(world.settle(101).address(101, 0)).isEqualTo(ROW);
        assertThat(world.plan(101).conflicts()).isEmpty();
    }

    @Test
    void theNameAloneProvesNothing() {
        World world = world("dhcp");
        AddressRow row = world.humanRow(ROW, "pihole");
        world.humanRow("192.168.1.54", "pihole");

        GuestPlan first = world.plan(101);
        world.settle(101);

        assertThat(world.address(101, 0)).isEqualTo("192.168.1.20");
        assertThat(world.ledger.at(ROW)).isEqualTo(row);
        assertThat(world.router.resolve("pihole.home.lan")).isEmpty();
        for (GuestPlan plan : new GuestPlan[] {first, world.plan(101)}) {
            assertThat(plan.conflicts()).singleElement().satisfies(conflict -> {
                assertThat(conflict.code()).isEqualTo(ConflictCode.FOREIGN_ENTRY);
                assertThat(conflict.message()).contains(ROW, "pihole", "no DNS name");
                assertThat(conflict.fix()).contains("tag berth", "qm set 101 --name");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"tag, mapping", "tag, lease", "tag, neighbour", "lease, neighbour", "mapping, lease", "agent, neighbour"
    })
    void anotherMachineOnTheAddressOutweighsEveryProof(String proof, String denial) {
        World world = world("dhcp");
        prove(world, proof);
        deny(world, denial);
        AddressRow row = world.ledger.at(ROW);
        GuestPlan plan = world.plan(101);
        world.apply(plan);
        assertThat(world.ledger.at(ROW)).isEqualTo(row);
        assertThat(plan.conflicts()).isNotEmpty().allSatisfy(conflict -> assertThat(conflict.message())
                .contains(ROW));
    }

    @Test
    void aConfigWithTheAddressOfAnotherMachineIsForAHumanToDecide() {
        World world = world(ROW + "/24");
        world.humanRow(ROW, "pihole");
        world.neighbour(ROW, OTHER, true);
        GuestPlan plan = world.plan(101);
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.conflicts()).extracting(Conflict::code).containsExactly(ConflictCode.FOREIGN_ENTRY);
    }

    @Test
    void aNameThatTheGuestHasStaysWhenARowIsMadeLater() {
        World world = world("dhcp").settle(101);
        world.humanRow(ROW, "pihole");
        assertThat(world.plan(101).changes()).isEmpty();
        assertThat(world.plan(101).conflicts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "order", "stopped"})
    void onceTaggedTheGuestMovesThereWhenItCannotHurt(String when) {
        World world = world("dhcp");
        AddressRow row = world.humanRow(ROW, "pihole");
        world.settle(101);
        world.ledger.tag(row);
        assertThat(world.plan(101).changes()).as("while it runs").isEmpty();
        assertThat(world.plan(101).conflicts()).singleElement().satisfies(conflict -> assertThat(conflict.fix())
                .contains("berth sync 101"));

        switch (when) {
            case "start" -> world.starting = true;
            case "order" -> world.ordered = true;
            default -> world.with(TestGuest.vm(101, "pihole"));
        }
        assertThat(world.planFromOwnRows(101).needsAllRows()).isTrue();
        world.settle(101);

        assertThat(world.address(101, 0)).isEqualTo(ROW);
        assertThat(world.ledger.at("192.168.1.20").quarantined()).isTrue();
        assertThat(world.router.resolve("pihole.home.lan")).containsExactly(ROW);
        assertThat(world.router.mappings).singleElement().satisfies(mapping -> assertThat(mapping.addressText())
                .isEqualTo(ROW));
        assertThat(world.plan(101).conflicts()).isEmpty();
        world.now = World.NOW.plusSeconds(90_000);
        world.settle(101);
        assertThat(world.ledger.rows()).singleElement().satisfies(left -> assertThat(left.address())
                .hasToString(ROW));
    }

    @Test
    void oneGuestWithTwoTaggedRowsKeepsTheFirst() {
        World world = world("dhcp");
        world.taggedRow(ROW, "pihole");
        world.taggedRow("192.168.1.54", "pihole");
        world.starting = true;
        world.settle(101);
        assertThat(world.address(101, 0)).isEqualTo(ROW);
    }

    /** Berth's own tag stays on a row whose key a human has emptied. */
    @Test
    void aRowThatNotesAnotherMacIsNotForTheNamesake() {
        World world = world("dhcp");
        AddressRow row = world.ledger.tag(world.humanRow(ROW, "pihole"));
        world.ledger.note(ROW, "berth-mac", OTHER.text());
        world.settle(101);
        assertThat(world.address(101, 0)).isEqualTo("192.168.1.20");
        assertThat(world.plan(101).conflicts()).singleElement().satisfies(conflict -> assertThat(conflict.message())
                .contains(OTHER.text()));
        assertThat(world.ledger.at(ROW).source()).isEqualTo(row.source());
    }

    @Test
    void oneTaggedRowIsForOneNic() {
        World world = World.isc()
                .with(TestGuest.vm(101, "pihole").nic(0, Nets.LAN, "dhcp").nic(1, Nets.LAN, "dhcp"))
                .settle(101);
        world.taggedRow(ROW, "pihole");
        world.settle(101);
        assertThat(world.address(101, 0)).isEqualTo(ROW);
        assertThat(world.address(101, 1)).isEqualTo("192.168.1.21");
    }

    @Test
    void aGuestThatStillRunsIsNotAskedForAllRows() {
        World world = world("dhcp").settle(101);
        world.starting = true;
        assertThat(world.planFromOwnRows(101).needsAllRows()).isFalse();
    }

    @Test
    void theTagOfARowThatBerthClaimedAndThatLostItsKeyProvesNothing() {
        World world = world("dhcp");
        world.ledger.add(new AddressRow(
                7,
                IpAddress.parse(ROW),
                "nipap",
                "",
                "pihole",
                "pihole.home.lan",
                RowStatus.RESERVED,
                List.of(AddressRow.SOURCE),
                Map.of(RowAttributes.ORIGIN, "the lowest free address")));
        world.settle(101);
        assertThat(world.address(101, 0)).isNotEqualTo(ROW);
    }
}
