package net.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import net.berth.cli.CliBench.Result;
import net.berth.engine.report.NetworkReport;
import net.berth.http.Reports;
import net.berth.model.AddressRange;
import net.berth.model.Network;
import net.berth.model.Prefix;
import net.berth.plan.address.AddressSpan;
import net.berth.plan.address.AddressState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworksCommandTest {
    private final CliBench bench = new CliBench().started();

    @AfterEach
    void stop() {
        bench.close();
    }

    private void twoNetworks() {
        bench.berth.networks.add(new NetworkReport(
                network("lan", 0, "192.168.1.0/29", "192.168.1.1", "LAN"),
                List.of(
                        span("192.168.1.0-192.168.1.1", AddressState.EXCLUDED, "", "", "", ""),
                        span("192.168.1.2", AddressState.RUNNING, "home/qemu/101", "net0", "web.home.lan", ""),
                        span("192.168.1.3", AddressState.FOREIGN, "", "", "tv", "a person's row"),
                        span("192.168.1.4", AddressState.QUARANTINED, "home/lxc/202", "net0", "old.home.lan", ""),
                        span("192.168.1.5-192.168.1.6", AddressState.FREE, "", "", "", ""),
                        span("192.168.1.7", AddressState.EXCLUDED, "", "", "", "broadcast")),
                Reports.READ));
        bench.berth.networks.add(new NetworkReport(
                network("dmz", 30, "10.30.0.0/30", "", ""),
                List.of(span("10.30.0.0-10.30.0.3", AddressState.EXCLUDED, "", "", "", "")),
                Reports.READ));
    }

    private static Network network(String name, int vlan, String prefix, String gateway, String dhcp) {
        return new Network(
                name, "vmbr0", vlan, Prefix.parse(prefix), gateway, "home.lan", List.of(), dhcp, List.of(), "");
    }

    private static AddressSpan span(
            String range, AddressState state, String guest, String nic, String name, String note) {
        return new AddressSpan(AddressRange.parse(range), state, guest, nic, name, note);
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split(" +", -1));
    }

    @Test
    void theTableTellsHowFullEachNetworkIs() {
        twoNetworks();
        Result table = bench.run("networks");
        assertThat(table.exit()).isZero();
        List<String> lines = table.out().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(3)).isEmpty();
        assertThat(lines.getLast()).startsWith("As of 2026-11-20 10:00 UTC, ");
        assertThat(words(lines.getFirst()))
                .containsExactly(
                        "NETWORK", "BRIDGE", "VLAN", "PREFIX", "GATEWAY", "DHCP", "SIZE", "USED", "EXCLUDED", "FREE");
        assertThat(words(lines.get(1)))
                .containsExactly("lan", "vmbr0", "-", "192.168.1.0/29", "192.168.1.1", "LAN", "8", "3", "3", "2");
        assertThat(words(lines.get(2)))
                .containsExactly("dmz", "vmbr0", "30", "10.30.0.0/30", "-", "-", "4", "0", "4", "0");
    }

    @Test
    void addressesTellWhoHasWhichAndWhatStandsInTheWay() {
        twoNetworks();
        List<String> lines = bench.run("networks", "--addresses").out().lines().toList();
        int lan = lines.indexOf("lan 192.168.1.0/29");
        assertThat(lan).isPositive();
        assertThat(words(lines.get(lan + 2))).containsExactly("192.168.1.0", "192.168.1.1", "excluded");
        assertThat(words(lines.get(lan + 3)))
                .containsExactly("192.168.1.2", "running", "qemu/101", "net0", "web.home.lan");
        assertThat(words(lines.get(lan + 4))).containsExactly("192.168.1.3", "foreign", "tv", "a", "person's", "row");
        assertThat(words(lines.get(lan + 5)))
                .containsExactly("192.168.1.4", "quarantined", "lxc/202", "net0", "old.home.lan");
        assertThat(words(lines.get(lan + 6))).containsExactly("192.168.1.5", "192.168.1.6", "free");
        assertThat(words(lines.get(lan + 7))).containsExactly("192.168.1.7", "excluded", "broadcast");
        assertThat(lines).contains("dmz 10.30.0.0/30");
    }

    @Test
    void jsonIsWhatTheApiAnswers() throws IOException {
        twoNetworks();
        Result json = bench.run("networks", "-o", "json");
        assertThat(json.exit()).isZero();
        JsonNode items = new ObjectMapper().readTree(json.out()).path("items");
        assertThat(items).hasSize(2);
        JsonNode lan = items.path(0);
        assertThat(lan.path("used").asLong()).isEqualTo(3);
        assertThat(lan.path("free").asLong()).isEqualTo(2);
        assertThat(lan.path("states").path("quarantined").asLong()).isEqualTo(1);
        assertThat(lan.path("addresses").path(1).path("guest").asText()).isEqualTo("home/qemu/101");
        assertThat(items.path(1).path("vlan").asInt()).isEqualTo(30);
        assertThat(items.path(1).path("dhcp").isNull()).isTrue();
    }

    @Test
    void withoutAReceiverItSaysWhatToDo() {
        bench.close();
        Result result = bench.run("networks");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("berth serve");
    }
}
