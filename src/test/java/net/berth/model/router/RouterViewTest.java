package net.berth.model.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.berth.model.AddressRange;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.Inventory;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.Prefix;
import net.berth.model.row.RowEdit;
import org.junit.jupiter.api.Test;

class RouterViewTest {
    private static final MacAddress MAC = MacAddress.parse("BC:24:11:00:00:01");
    private static final Prefix PREFIX = Prefix.parse("192.168.1.0/24");
    private static final DhcpSubnet SUBNET =
            new DhcpSubnet("LAN", PREFIX, "home.lan", List.of(AddressRange.parse("192.168.1.200-192.168.1.250")));
    private static final Mapping MAPPING = Mapping.of(SUBNET, "web", IpAddress.parse("192.168.1.20"), MAC);
    private static final DnsRecord RECORD =
            new DnsRecord(DnsRecord.Kind.HOST_MAPPING, "nas.home.lan", List.of("files"), List.of("192.168.1.5"));
    private static final Lease LEASE = new Lease(IpAddress.parse("192.168.1.201"), MAC, Instant.MAX, "");
    private static final RouterView VIEW =
            new RouterView(List.of(SUBNET), List.of(MAPPING), List.of(RECORD), List.of(LEASE));

    @Test
    void aSubnetIsFoundBySharedNetworkAndPrefixTogether() {
        assertThat(VIEW.subnet(network("LAN", "192.168.1.0/24"))).contains(SUBNET);
        assertThat(VIEW.subnet(network("GUEST", "192.168.1.0/24"))).isEmpty();
        assertThat(VIEW.subnet(network("LAN", "192.168.1.0/25"))).isEmpty();
    }

    @Test
    void entriesAreFoundByAddressMacAndEveryName() {
        assertThat(VIEW.mappings(IpAddress.parse("192.168.1.20"))).containsExactly(MAPPING);
        assertThat(VIEW.mappings(IpAddress.parse("192.168.1.21"))).isEmpty();
        assertThat(VIEW.mappings(MacAddress.parse("bc:24:11:00:00:01"))).containsExactly(MAPPING);
        assertThat(VIEW.records("NAS.home.lan.")).containsExactly(RECORD);
        assertThat(VIEW.records("files")).containsExactly(RECORD);
        assertThat(VIEW.records("nas")).isEmpty();
        assertThat(VIEW.leases(IpAddress.parse("192.168.1.201"))).containsExactly(LEASE);
    }

    @Test
    void theDynamicRangeHasBothItsEnds() {
        assertThat(VIEW.dynamic(IpAddress.parse("192.168.1.199"))).isFalse();
        assertThat(VIEW.dynamic(IpAddress.parse("192.168.1.200"))).isTrue();
        assertThat(VIEW.dynamic(IpAddress.parse("192.168.1.250"))).isTrue();
        assertThat(VIEW.dynamic(IpAddress.parse("192.168.1.251"))).isFalse();
    }

    @Test
    void anInventoryWithAGapIsNotComplete() {
        GuestId id = new GuestId("home", GuestType.LXC, 200);
        Inventory.Entry entry = new Inventory.Entry(id, "pve1", "dns", GuestStatus.RUNNING, "", Duration.ZERO);
        assertThat(new Inventory(List.of(entry), "").complete()).isTrue();
        assertThat(new Inventory(List.of(entry), "node pve2 is offline").complete())
                .isFalse();
        assertThat(new Inventory(List.of(entry), "").find(200)).contains(entry);
        assertThat(new Inventory(List.of(entry), "").find(201)).isEmpty();
    }

    @Test
    void anEditOfFieldsLeavesTheRest() {
        RowEdit edit = RowEdit.fields(Map.of("node", "web"));
        assertThat(edit.field("node")).contains("web");
        assertThat(edit.field("status")).isEmpty();
        assertThat(edit.avps()).isEmpty();
        assertThat(edit.expiry()).isEqualTo(new RowEdit.Expiry.Keep());
    }

    private static Network network(String dhcp, String prefix) {
        Prefix parsed = Prefix.parse(prefix);
        return new Network("lan", "vmbr0", 0, parsed, parsed.network().plus(1), "home.lan", List.of(), dhcp, List.of());
    }
}
