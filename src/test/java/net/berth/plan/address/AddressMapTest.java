package net.berth.plan.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.berth.model.AddressRange;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.Prefix;
import net.berth.model.router.ConfigAddress;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Lease;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowStatus;
import org.junit.jupiter.api.Test;

class AddressMapTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final MacAddress MAC = new MacAddress("52:54:00:00:00:01");

    private final List<AddressRow> rows = new ArrayList<>();
    private final List<Mapping> mappings = new ArrayList<>();
    private final List<DnsRecord> records = new ArrayList<>();
    private final List<ConfigAddress> addresses = new ArrayList<>();
    private final List<Lease> leases = new ArrayList<>();

    private static Network network(String prefix, String gateway, String... exclude) {
        IpAddress router = IpAddress.parse(gateway);
        return new Network(
                "lan",
                "vmbr0",
                0,
                Prefix.parse(prefix),
                router,
                "home.lan",
                List.of(router),
                "LAN",
                List.of(exclude).stream().map(AddressRange::parse).toList());
    }

    private List<String> map(Network network, String... dynamic) {
        List<AddressRange> ranges =
                List.of(dynamic).stream().map(AddressRange::parse).toList();
        RouterView router = new RouterView(
                List.of(new DhcpSubnet("LAN", network.prefix(), "", ranges)),
                mappings,
                records,
                addresses,
                List.of(),
                leases,
                List.of());
        List<AddressSpan> spans = AddressMap.of(network, rows, router, Map.of(), NOW);
        long size = spans.stream().mapToLong(AddressSpan::size).sum();
        assertThat(size)
                .as("each address once")
                .isEqualTo(1L << (32 - network.prefix().length()));
        return spans.stream()
                .map(span -> span.range() + " " + span.state() + (span.name().isEmpty() ? "" : " " + span.name()))
                .toList();
    }

    private void row(String address, String key, RowStatus status, String name) {
        rows.add(new AddressRow(
                rows.size(),
                IpAddress.parse(address),
                key.isEmpty() ? "nipap" : AddressRow.SOURCE,
                key,
                name,
                "",
                status,
                List.of(),
                Map.of()));
    }

    private void mapping(String address) {
        mappings.add(new Mapping("LAN", "10.0.0.0/28", "nas", address, MAC.text(), false));
    }

    private void lease(String address, Instant expires) {
        leases.add(new Lease(IpAddress.parse(address), MAC, expires, "laptop"));
    }

    @Test
    void anEmptyNetworkIsFreeButForItsEndsAndItsGateway() {
        assertThat(map(network("10.0.0.0/28", "10.0.0.1")))
                .containsExactly(
                        "10.0.0.0 excluded", "10.0.0.1 excluded", "10.0.0.2-10.0.0.14 free", "10.0.0.15 excluded");
    }

    @Test
    void aSmallestNetworkHasNoEnds() {
        assertThat(map(network("10.0.0.0/31", "10.0.0.0"))).containsExactly("10.0.0.0 excluded", "10.0.0.1 free");
    }

    @Test
    void rowsShowTheirStatusAndOwnerBesideEachOther() {
        row("10.0.0.4", "pve:home:qemu:101:net0", RowStatus.ASSIGNED, "web");
        row("10.0.0.5", "pve:home:qemu:102:net0", RowStatus.ASSIGNED, "web2");
        row("10.0.0.6", "pve:home:lxc:103:net1", RowStatus.RESERVED, "ct");
        row("10.0.0.7", "pve:home:lxc:104:net0", RowStatus.QUARANTINE, "gone");
        row("10.0.0.8", "", RowStatus.ASSIGNED, "printer");
        assertThat(map(network("10.0.0.0/28", "10.0.0.1")))
                .contains(
                        "10.0.0.4 running web",
                        "10.0.0.5 running web2",
                        "10.0.0.6 stopped ct",
                        "10.0.0.7 quarantined gone",
                        "10.0.0.8 foreign printer",
                        "10.0.0.9-10.0.0.14 free");
    }

    @Test
    void excludedAndDynamicRangesMayTouchAndOverlap() {
        assertThat(map(
                        network("10.0.0.0/28", "10.0.0.1", "10.0.0.2-10.0.0.4", "10.0.0.5", "10.0.0.10-10.0.0.12"),
                        "10.0.0.11-10.0.0.14"))
                .containsExactly(
                        "10.0.0.0 excluded",
                        "10.0.0.1 excluded",
                        "10.0.0.2-10.0.0.5 excluded",
                        "10.0.0.6-10.0.0.9 free",
                        "10.0.0.10 excluded",
                        "10.0.0.11-10.0.0.14 dynamic",
                        "10.0.0.15 excluded");
    }

    @Test
    void aBoundAddressInsideAnExcludedRangeIsShownAsBound() {
        row("10.0.0.3", "pve:home:qemu:101:net0", RowStatus.ASSIGNED, "web");
        assertThat(map(network("10.0.0.0/28", "10.0.0.1", "10.0.0.2-10.0.0.14")))
                .contains("10.0.0.2 excluded", "10.0.0.3 running web", "10.0.0.4-10.0.0.14 excluded");
    }

    @Test
    void whatOnlyTheRouterKnowsIsForeign() {
        mapping("10.0.0.4");
        records.add(
                new DnsRecord(DnsRecord.Kind.HOST_MAPPING, "tv.home.lan", List.of(), List.of("10.0.0.5", "fd00::5")));
        lease("10.0.0.6", NOW.plusSeconds(60));
        assertThat(map(network("10.0.0.0/28", "10.0.0.1")))
                .contains("10.0.0.4 foreign nas", "10.0.0.5 foreign tv.home.lan", "10.0.0.6 foreign laptop");
    }

    @Test
    void anAddressOfAnotherLineOfTheRoutersConfigIsForeignButForRangesAndTheGateway() {
        for (String address : List.of("10.0.0.1", "10.0.0.4", "10.0.0.8", "10.0.0.14")) {
            addresses.add(new ConfigAddress(IpAddress.parse(address), "a node " + address, ConfigAddress.Use.MACHINE));
        }
        assertThat(map(network("10.0.0.0/28", "10.0.0.1"), "10.0.0.8-10.0.0.14"))
                .containsExactly(
                        "10.0.0.0 excluded",
                        "10.0.0.1 excluded",
                        "10.0.0.2-10.0.0.3 free",
                        "10.0.0.4 foreign",
                        "10.0.0.5-10.0.0.7 free",
                        "10.0.0.8-10.0.0.14 dynamic",
                        "10.0.0.15 excluded");
    }

    @Test
    void endedLeasesAndThoseOfTheDynamicRangeAreNotForeign() {
        lease("10.0.0.4", NOW.minusSeconds(1));
        lease("10.0.0.9", NOW.plusSeconds(60));
        assertThat(map(network("10.0.0.0/28", "10.0.0.1"), "10.0.0.8-10.0.0.14"))
                .contains("10.0.0.2-10.0.0.7 free", "10.0.0.8-10.0.0.14 dynamic");
    }

    @Test
    void aMappingOfABoundAddressIsNotForeign() {
        row("10.0.0.4", "pve:home:qemu:101:net0", RowStatus.ASSIGNED, "web");
        mapping("10.0.0.4");
        mapping("10.9.9.9");
        assertThat(map(network("10.0.0.0/28", "10.0.0.1")))
                .contains("10.0.0.4 running web")
                .noneMatch(span -> span.contains("foreign"));
    }

    @Test
    void aLargeNetworkIsAFewSpans() {
        row("10.200.3.4", "pve:home:qemu:101:net0", RowStatus.ASSIGNED, "web");
        assertThat(map(network("10.0.0.0/8", "10.0.0.1"))).hasSize(6);
    }
}
