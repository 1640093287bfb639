package net.berth.proxmox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.berth.lab.proxmox.PveOptions;
import net.berth.proxmox.LabFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stand-in's API does with config keys, seen over the wire. */
class StandInApiTest {
    private static final String VM = "/nodes/pve1/qemu/101/config";

    @TempDir
    private Path folder;

    private LabFixture fixture;
    private PveClient client;

    @BeforeEach
    void start() {
        fixture = new LabFixture(PveOptions.quick(), folder);
        client = new PveClient(LabFixture.settings(fixture.lab, List.of(fixture.lab.url())));
    }

    @AfterEach
    void stop() {
        client.close();
        fixture.close();
    }

    private void put(String path, Map<String, String> values) {
        client.call(PveCall.put(path, values));
    }

    private PveError refused(String path, Map<String, String> values) {
        try {
            put(path, values);
        } catch (PveException e) {
            return e.error();
        }
        throw new AssertionError(path + " was not refused");
    }

    @Test
    void aNetIsPrintedAnewAndAnIpconfigKeptAsTyped() {
        put(VM, Map.of("net0", "bridge=vmbr0,firewall=yes,virtio=" + LabFixture.VM_MAC + ","));
        assertThat(fixture.lab.config(101, "net0"))
                .isEqualTo("virtio=" + LabFixture.VM_MAC + ",bridge=vmbr0,firewall=1");
        put(VM, Map.of("ipconfig0", "gw=10.0.0.1,ip=10.0.0.5/024,"));
        assertThat(fixture.lab.config(101, "ipconfig0")).isEqualTo("gw=10.0.0.1,ip=10.0.0.5/024,");
    }

    @Test
    void aMacThatIsLeftOutIsInvented() {
        put(VM, Map.of("net0", "virtio,bridge=vmbr0"));
        assertThat(fixture.lab.config(101, "net0"))
                .matches("virtio=BC:24:11:[0-9A-F:]{8},bridge=vmbr0")
                .doesNotContain(LabFixture.VM_MAC);
    }

    @Test
    void semicolonsSurviveTheWayIntoAForm() {
        put(VM, Map.of("net0", "virtio=" + LabFixture.VM_MAC + ",bridge=vmbr0,trunks=1;2;5-9"));
        assertThat(fixture.lab.config(101, "net0")).endsWith("trunks=1;2;5-9");
    }

    @Test
    void everyWrongValueIsNamed() {
        PveError error = refused(VM, Map.of("ipconfig0", "ip=10.0.0.5", "net0", "virtio,tag=0", "foo", "1"));
        assertThat(error).isInstanceOfSatisfying(PveError.BadParameter.class, bad -> assertThat(bad.errors())
                .containsEntry(
                        "ipconfig0",
                        "invalid format - format error; ip: invalid format - value does not look like a valid"
                                + " ipv4 network configuration")
                .containsEntry("net0", "invalid format - format error; tag: value must have a minimum value of 1")
                .containsEntry(
                        "foo",
                        "property is not defined in schema and the schema does not allow additional" + " properties"));
    }

    @Test
    void noTokenSetsAHookscript() {
        assertThat(refused(VM, Map.of("hookscript", "local:snippets/x")))
                .extracting(PveError::text)
                .isEqualTo("only root can set 'hookscript' config");
        assertThat(refused("/nodes/pve2/lxc/200/config", Map.of("hookscript", "local:snippets/x")))
                .isInstanceOf(PveError.Forbidden.class);
    }

    @Test
    void aWriteThatChangesNothingLeavesTheDigest() {
        JsonNode before = client.call(PveCall.get(VM));
        put(VM, Map.of("ipconfig0", "ip=dhcp", "net0", before.path("net0").asText()));
        assertThat(client.call(PveCall.get(VM))).isEqualTo(before);
        put(VM, Map.of("ipconfig0", "ip6=auto"));
        assertThat(client.call(PveCall.get(VM)).path("digest")).isNotEqualTo(before.path("digest"));
    }

    @Test
    void whatCannotBeAppliedLiveWaits() {
        fixture.lab.unset(101, "hookscript");
        fixture.lab.start(101);
        fixture.lab.set(101, Map.of("memory", "4096"));
        assertThat(client.call(PveCall.get(VM)).path("memory").asText()).isEqualTo("4096");
        assertThat(client.call(PveCall.get(VM, Map.of("current", "1"))).has("memory"))
                .isFalse();
        fixture.lab.stop(101);
        fixture.lab.start(101);
        assertThat(client.call(PveCall.get(VM, Map.of("current", "1")))
                        .path("memory")
                        .asText())
                .isEqualTo("4096");
    }

    @Test
    void theDumpShowsTheConfigNotTheImage() {
        JsonNode network = client.call(PveCall.get("/nodes/pve1/qemu/101/cloudinit/dump", Map.of("type", "network")));
        assertThat(network.asText()).contains("type: dhcp4").contains(LabFixture.VM_MAC.toLowerCase(Locale.ROOT));
    }

    @Test
    void rightsComeBeforeTheDeadNodeAndBeforeTheParameters() {
        fixture.lab.acl().grant("/vms/101", "VM.Audit");
        fixture.lab.nodeOnline("pve1", false);
        assertThat(refused(VM, Map.of("foo", "1"))).isInstanceOf(PveError.Forbidden.class);
        assertThatThrownBy(() -> client.call(PveCall.get(VM)))
                .isInstanceOfSatisfying(
                        PveException.class, e -> assertThat(e.error()).isInstanceOf(PveError.NodeUnreachable.class));
    }
}
