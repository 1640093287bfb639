package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.berth.model.MacAddress;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Host rows as people and other programs have them in NIPAP, and what becomes of them beside a guest of their name. */
class RowsOfOthersTest {
    private static final String ROW = "192.168.1.66";
    private final World world = World.isc().with(TestGuest.vm(101, "web"));

    private AddressRow row(String source, String key, String node, RowStatus status, String... tags) {
        return world.ledger.add(new AddressRow(
                7,
                world.humanRow("192.168.1.99", "x").address().plus(-33),
                source,
                key,
                node,
                "by hand",
                status,
                List.of(tags),
                Map.of("rack", "7")));
    }

    /** A quarantine is a way of switching off: neither a tag nor a config nor a name ends it. */
    @ParameterizedTest
    @ValueSource(strings = {"dhcp", ROW + "/24"})
    void oneInQuarantineStaysThere(String config) {
        AddressRow row = row("nipap", "", "web", RowStatus.QUARANTINE, "berth");
        world.with(TestGuest.vm(101, "web").nic(0, Nets.LAN, config)).settle(101);
        assertThat(world.ledger.rows()).contains(row);
        assertThat(world.plan(101).conflicts())
                .anySatisfy(conflict -> assertThat(conflict.code()).isEqualTo(ConflictCode.FOREIGN_ENTRY));
    }

    @ParameterizedTest
    @CsvSource({
        "netbox, netbox:77, web, berth",
        "phpipam, 12, web.home.lan, 'berth'",
        "ansible, '', db, ''",
        "nipap, '', '', ''",
        "nipap, '', WEB2, web"
    })
    void oneOfAnotherProgramOrMachineStaysByteForByte(String source, String key, String node, String tag) {
        AddressRow row = row(source, key, node, RowStatus.ASSIGNED, tag);
        world.settle(101);
        assertThat(world.address(101, 0)).isEqualTo("192.168.1.20");
        world.release(world.guests.remove(101).id());
        assertThat(world.ledger.rows()).contains(row);
    }

    @Test
    void whatIsAddedToOneOnLoanStaysWhenItIsGivenBack() {
        AddressRow row = row("nipap", "", "web", RowStatus.RESERVED, "dmz", "berth");
        world.settle(101);
        world.ledger.note(ROW, "owner", "anna");
        world.ledger.note(ROW, "rack", "8");
        world.settle(101).with(TestGuest.vm(101, "shop").running()).settle(101);
        world.release(world.guests.remove(101).id());
        world.now = World.NOW.plusSeconds(90_000);
        world.release(world.ledger.at(ROW).nic().orElseThrow().guest());
        assertThat(world.ledger.at(ROW))
                .isEqualTo(new AddressRow(
                        row.id(),
                        row.address(),
                        "nipap",
                        "",
                        "web",
                        "by hand",
                        RowStatus.RESERVED,
                        row.tags(),
                        Map.of("rack", "8", "owner", "anna")));
    }

    @Test
    void whatIsAddedToOneOfBerthsSurvivesRenameStopAndNewMac() {
        world.settle(101);
        world.ledger.note("192.168.1.20", "owner", "anna");
        world.with(TestGuest.vm(101, "shop")
                        .nic(0, Nets.LAN, MacAddress.parse("BC:24:11:0A:0B:0C"), "dhcp")
                        .running())
                .settle(101);
        AddressRow row = world.ledger.at("192.168.1.20");
        assertThat(row.description()).isEqualTo("shop.home.lan");
        assertThat(row.avp(RowAttributes.MAC)).isEqualTo("BC:24:11:0A:0B:0C");
        assertThat(row.avp("owner")).isEqualTo("anna");
    }
}
