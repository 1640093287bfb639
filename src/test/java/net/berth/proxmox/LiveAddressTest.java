package net.berth.proxmox;

import static net.berth.proxmox.LabFixture.CONTAINER_MAC;
import static net.berth.proxmox.LabFixture.VM_MAC;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.berth.lab.proxmox.PveOptions;
import net.berth.lab.proxmox.PveVersion;
import net.berth.model.Guest;
import net.berth.model.Guest.LiveAddress;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What running guests say of themselves, on both versions and with or without the right to ask. */
class LiveAddressTest {
    @TempDir
    private Path folder;

    private static LiveAddress at(String mac, String address) {
        return new LiveAddress(MacAddress.parse(mac), IpAddress.parse(address));
    }

    private static Guest read(LabFixture fixture, int vmid) {
        return fixture.compute
                .read(fixture.compute.inventory().find(vmid).orElseThrow())
                .orElseThrow();
    }

    private static List<LiveAddress> live(LabFixture fixture, int vmid) {
        return fixture.compute.live(read(fixture, vmid));
    }

    private LabFixture running(PveVersion version) {
        LabFixture fixture = new LabFixture(PveOptions.quick().version(version), folder);
        fixture.lab.unset(101, "hookscript");
        fixture.lab.set(101, Map.of("agent", "1", "ipconfig0", "ip=192.168.1.77/24"));
        fixture.lab.start(101);
        fixture.lab.set(
                200, Map.of("net0", LabFixture.CONTAINER_NET.replace("ip=dhcp", "ip=192.168.1.78/24,gw=192.168.1.1")));
        fixture.lab.start(200);
        return fixture;
    }

    @ParameterizedTest
    @CsvSource({"PVE_8,VM.Monitor,VM.GuestAgent.Audit", "PVE_9,VM.GuestAgent.Audit,VM.Monitor"})
    void theAgentIsAskedWhereTheRightOfThisVersionAllowsItAndElseNothingIsKnown(
            PveVersion version, String right, String wrong) {
        try (LabFixture fixture = running(version)) {
            assertThat(live(fixture, 101)).as("without the right").isEmpty();
            fixture.lab.acl().grant("/vms", "VM.Audit", wrong);
            assertThat(live(fixture, 101)).as("with the other version's right").isEmpty();
            fixture.lab.acl().grant("/vms", "VM.Audit", right);
            assertThat(live(fixture, 101))
                    .contains(at(VM_MAC, "192.168.1.77"))
                    .filteredOn(each -> each.mac().equals(MacAddress.parse(VM_MAC)))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"PVE_8", "PVE_9"})
    void aContainersHostTellsWithTheRightThatBerthHasAnyway(PveVersion version) {
        try (LabFixture fixture = running(version)) {
            assertThat(live(fixture, 200)).containsExactly(at(CONTAINER_MAC, "192.168.1.78"));
        }
    }

    @Test
    void whoIsSilentIsNotKnown() {
        try (LabFixture fixture = running(PveVersion.PVE_9)) {
            fixture.lab.acl().grant("/vms", "VM.Audit", "VM.GuestAgent.Audit");
            Guest container = read(fixture, 200);
            fixture.lab.stop(200);
            assertThat(fixture.compute.live(container))
                    .as("stopped: data is null")
                    .isEmpty();
            fixture.lab.stop(101);
            fixture.lab.unset(101, "agent");
            fixture.lab.start(101);
            assertThat(live(fixture, 101)).as("no agent").isEmpty();
            Guest vm = read(fixture, 101);
            fixture.lab.nodeOnline("pve1", false);
            assertThat(fixture.compute.live(vm)).as("node down").isEmpty();
            fixture.lab.close();
            assertThat(fixture.compute.live(vm)).as("nobody there").isEmpty();
        }
    }

    private static List<LiveAddress> parsed(String json) throws JsonProcessingException {
        return GuestReader.live(JsonMapper.builder().build().readTree(json));
    }

    @Test
    void onlyAddressesOfANetworkCount() throws JsonProcessingException {
        assertThat(parsed("""
                {"result":[
                  {"name":"lo","hardware-address":"00:00:00:00:00:00",
                   "ip-addresses":[{"ip-address":"127.0.0.1","ip-address-type":"ipv4","prefix":8}]},
                  {"name":"ens18","hardware-address":"bc:24:11:00:00:01","ip-addresses":[
                    {"ip-address":"169.254.3.4","ip-address-type":"ipv4","prefix":16},
                    {"ip-address":"fe80::1","ip-address-type":"ipv6","prefix":64},
                    {"ip-address":"2001:db8::1","ip-address-type":"ipv6","prefix":64},
                    {"ip-address":"192.168.1.20","ip-address-type":"ipv4","prefix":24},
                    {"ip-address":"192.168.1.99","ip-address-type":"ipv4","prefix":32}]},
                  {"name":"wg0","ip-addresses":[{"ip-address":"10.8.0.1","ip-address-type":"ipv4","prefix":24}]},
                  {"name":"ens19","hardware-address":"bc:24:11:00:00:02"}]}"""))
                .containsExactly(at("BC:24:11:00:00:01", "192.168.1.20"), at("BC:24:11:00:00:01", "192.168.1.99"));
    }

    @Test
    void theOlderWordsForContainersAreReadToo() throws JsonProcessingException {
        assertThat(parsed("""
                [{"name":"eth0","hwaddr":"bc:24:11:00:00:01","inet":"192.168.1.20/24","inet6":"fe80::1/64"}]""")).containsExactly(at("BC:24:11:00:00:01", "192.168.1.20"));
    }

    /** Each of them would go into texts that people read. */
    @Test
    void ofOneNicSixteenAddressesAreKept() throws JsonProcessingException {
        String many = IntStream.range(0, 10_000)
                .mapToObj(
                        n -> "{\"hwaddr\":\"bc:24:11:00:00:01\",\"inet\":\"10.1.%d.%d/8\"}".formatted(n / 250, n % 250))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(parsed(many)).hasSize(16).contains(at("BC:24:11:00:00:01", "10.1.0.0"));
    }

    @Test
    void nonsenseIsNothing() throws JsonProcessingException {
        assertThat(parsed("null")).isEmpty();
        assertThat(parsed("{\"result\":{\"error\":1}}")).isEmpty();
        assertThat(parsed("[1,{\"hardware-address\":7},{\"hwaddr\":\"BC:24:11:00:00:01\",\"ip-addresses\":\"x\"}]"))
                .isEmpty();
        assertThat(parsed("[{\"hwaddr\":\"BC:24:11:00:00:01\",\"inet\":\"999.1.1.1/24\"}]"))
                .isEmpty();
    }
}
