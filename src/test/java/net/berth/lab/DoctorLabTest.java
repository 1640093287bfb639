package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import net.berth.lab.proxmox.PveOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code berth doctor} says of a house, without a receiver. */
class DoctorLabTest {
    private LabHouse house;

    @BeforeEach
    void open() {
        house = LabHouse.withoutReceiver(PveOptions.Timings.quick(), Map.of());
        new LabGuests(house).template(9000, "template");
        new LabGuests(house).vm(101, "web");
    }

    @AfterEach
    void close() {
        house.close();
    }

    private LabCommand doctor(String... more) {
        String[] arguments = new String[3 + more.length];
        System.arraycopy(new String[] {"doctor", "--config", house.config().toString()}, 0, arguments, 0, 3);
        System.arraycopy(more, 0, arguments, 3, more.length);
        return LabCommand.run(house.folder(), arguments);
    }

    @Test
    void aHouseInOrderIsGreenAndNothingIsWritten() throws Exception {
        String before =
                house.router().dump() + house.nipap().rows() + house.pve().dump();
        LabCommand said = doctor("-o", "json");
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        JsonNode answer = new ObjectMapper().readTree(said.out());
        assertThat(answer.path("light").asText()).isEqualTo("green");
        assertThat(answer.path("items").findValuesAsText("check"))
                .contains(
                        "networks",
                        "secrets",
                        "answers",
                        "certificate",
                        "clock",
                        "rights",
                        "nodes",
                        "guests",
                        "hookscript",
                        "prefixes",
                        "user",
                        "writing",
                        "dhcp");
        assertThat(said.out())
                .contains("Proxmox VE 9.", "NIPAP 0.32.7", "EdgeOS v2.0.9", "dnsmasq serves DHCP", "sha256sum");
        assertThat(house.router().dump() + house.nipap().rows() + house.pve().dump())
                .isEqualTo(before);
        assertThat(house.pve().writes()).isEmpty();
        assertThat(house.router().counters().commits()).isZero();
    }

    @Test
    void whatIsWrongIsToldWithWhatToType() throws Exception {
        house.pve().acl().grant("/vms", "VM.Audit", "VM.Config.Cloudinit");
        house.pve().createVm(9001, "pve1", Map.of("name", "bare", "net0", "virtio,bridge=vmbr0"));
        house.pve().makeTemplate(9001);
        house.nipap().users().addReadOnly("berth", "berth-nipap");
        house.router().faults().notAdmin(true);
        house.router().preset("""
                set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 start 192.168.1.20 stop 192.168.1.199
                set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 start 192.168.1.244 stop 192.168.1.254
                """);

        LabCommand said = doctor();
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out())
                .contains("VM.Config.Network on /vms is missing", "type: pveum acl modify /vms --users berth@pve")
                .contains(
                        "templates without the hookscript", "type: qm set 9001 --hookscript local:snippets/berth-hook")
                .contains("berth may only read", "type: nipap-passwd modify -u berth --no-readonly")
                .contains("berth may not change the config", "set system login user berth level admin")
                .contains("nothing of 192.168.1.0/24 is left for guests");
        assertThat(said.out() + said.err())
                .doesNotContain(
                        "berth-nipap", house.pve().tokenSecret(), LabSettings.HOOK_SECRET, LabSettings.API_TOKEN);
    }

    @Test
    void aSecretThatOthersMayReadIsRedWithWhatToType() throws Exception {
        Path open = house.folder().resolve("nipap.password");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

        LabCommand said = doctor();
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out())
                .containsPattern("red +settings +berth.yaml +.*nipap.password-file: found a file that others may read"
                        + " \\(rw-r--r--\\)")
                .contains("type: chmod 600 " + open);
    }

    @Test
    void aRouterThatCouldNotSaveIsRed() throws Exception {
        house.router().faults().freeOnConfig(7, true);
        LabCommand said = doctor();
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out())
                .containsPattern("red +router +writing +the router cannot save its config: there are only 7 kB left");
    }

    @Test
    void deadPeersHideNoOther() {
        house.nipap().close();
        house.router().newHostKey();
        LabCommand said = doctor();
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out())
                .containsPattern("red +nipap +answers")
                .contains("not checked while the system does not answer: prefixes, user")
                .containsPattern("red +router +answers +THE HOST KEY OF THE ROUTER IS NOT THE ONE IN THE SETTINGS")
                .containsPattern("green +proxmox +rights")
                .containsPattern("green +proxmox +guests");
    }
}
