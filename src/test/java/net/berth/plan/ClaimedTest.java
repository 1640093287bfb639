package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import net.berth.model.MacAddress;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import org.junit.jupiter.api.Test;

/** A row says when it became its NIC's, and goes on saying so for as long as it is. */
class ClaimedTest {
    private static final MacAddress NEW_MAC = MacAddress.parse("02:00:00:00:00:09");
    private static final Instant LATER = World.NOW.plusSeconds(90_000);

    @Test
    void aClaimAndAnAdoptionAreDatedToTheSecond() {
        World world = World.isc().with(TestGuest.vm(101, "web")).with(TestGuest.vm(102, "mail"));
        world.now = Instant.parse("2026-11-20T18:03:07.987Z");
        stale(world, world.taggedRow("192.168.1.66", "mail"));
        world.settleAll();
        assertThat(claimed(world, "192.168.1.20")).isEqualTo("2026-11-20T18:03:07Z");
        assertThat(claimed(world, "192.168.1.66")).isEqualTo("2026-11-20T18:03:07Z");
        assertThat(world.plan(101).nics().getFirst().binding().claimed()).isEqualTo("2026-11-20T18:03:07Z");
    }

    @Test
    void theDateOutlivesRenameStartMacQuarantineAndReturn() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        world.now = LATER;
        world.with(TestGuest.vm(101, "shop").running().nic(0, Nets.LAN, NEW_MAC, "dhcp"))
                .settle(101);
        assertThat(world.ledger.at("192.168.1.20").node()).isEqualTo("shop");
        assertThat(claimed(world, "192.168.1.20")).isEqualTo("2026-11-20T10:00:00Z");

        world.with(TestGuest.vm(101, "shop").nic(0, Nets.IOT, NEW_MAC, "dhcp")).settle(101);
        assertThat(world.ledger.at("192.168.1.20").quarantined()).isTrue();
        world.with(TestGuest.vm(101, "shop").nic(0, Nets.LAN, NEW_MAC, "dhcp")).settle(101);
        assertThat(world.ledger.at("192.168.1.20").quarantined()).isFalse();
        assertThat(claimed(world, "192.168.1.20")).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(claimed(world, "192.168.30.10")).isEqualTo(LATER.toString());
    }

    @Test
    void theNextGuestOnAFreedAddressHasItsOwnDate() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        var gone = world.guests.remove(101).id();
        world.release(gone);
        world.now = LATER;
        world.release(gone);
        assertThat(world.ledger.rows()).isEmpty();
        world.with(TestGuest.vm(102, "shop")).settle(102);
        assertThat(world.address(102, 0)).isEqualTo("192.168.1.20");
        assertThat(claimed(world, "192.168.1.20")).isEqualTo(LATER.toString());
    }

    @Test
    void aRowWithoutADateIsNotWrittenToForIt() {
        World world = World.isc().with(TestGuest.vm(101, "web")).settle(101);
        AddressRow row = world.ledger.at("192.168.1.20");
        Map<String, String> avps = new HashMap<>(row.avps());
        avps.remove(RowAttributes.CLAIMED);
        world.ledger.put(with(row, avps));
        assertThat(world.plan(101).changes()).isEmpty();
        assertThat(world.plan(101).nics().getFirst().binding().claimed()).isEmpty();
        world.with(TestGuest.vm(101, "shop").running()).settle(101);
        assertThat(world.ledger.at("192.168.1.20").avps()).doesNotContainKey(RowAttributes.CLAIMED);
    }

    /** As of a guest that was given away by hand. */
    private static void stale(World world, AddressRow row) {
        world.ledger.put(with(row, Map.of(RowAttributes.CLAIMED, "2020-01-01T00:00:00Z")));
    }

    private static AddressRow with(AddressRow row, Map<String, String> avps) {
        return new AddressRow(
                row.id(),
                row.address(),
                row.source(),
                row.externalKey(),
                row.node(),
                row.description(),
                row.status(),
                row.tags(),
                avps);
    }

    private static String claimed(World world, String address) {
        return world.ledger.at(address).avp(RowAttributes.CLAIMED);
    }
}
