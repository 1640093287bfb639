package net.berth.proxmox.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import net.berth.model.GuestType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestConfigTest {
    private final ObjectNode data = JsonNodeFactory.instance.objectNode();

    private GuestConfig vm() {
        return GuestConfig.of(GuestType.QEMU, data);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ide2   | local-lvm:vm-101-cloudinit,media=cdrom            | true
            scsi1  | nfs:101/vm-101-cloudinit.qcow2,media=cdrom        | true
            ide0   | file=local:cloudinit,media=cdrom                  | true
            ide2   | local:iso/cloudinit-tools.iso,media=cdrom         | false
            scsi0  | local-lvm:vm-101-disk-0,size=8G                   | false
            scsi0  | local-lvm:vm-101-disk-0,serial=a:cloudinit        | false
            unused0| local-lvm:vm-101-cloudinit                        | false
            """)
    void theCloudInitDriveIsKnownByItsVolume(String key, String value, boolean drive) {
        assertThat(GuestConfig.of(GuestType.QEMU, data.put(key, value)).cloudInit())
                .isEqualTo(drive);
    }

    @Test
    void typesOfValuesDoNotMatter() {
        assertThat(GuestConfig.of(GuestType.QEMU, data.put("template", 1)).template())
                .isTrue();
        assertThat(GuestConfig.of(GuestType.QEMU, data.put("template", "1")).template())
                .isTrue();
        assertThat(GuestConfig.of(GuestType.QEMU, data.put("template", 0)).template())
                .isFalse();
    }

    @Test
    void tagsAreSplitAtEverySeparatorThatProxmoxKnows() {
        data.put("tags", "web;berth, x");
        assertThat(vm().tags()).containsExactly("web", "berth", "x");
    }

    @Test
    void theSmbiosUuidIsFoundAmongOtherFields() {
        data.put("smbios1", "base64=1,serial=QQ==,uuid=5D3B7C2E-0000-4000-8000-0123456789AB");
        assertThat(vm().uuid()).isEqualTo("5d3b7c2e-0000-4000-8000-0123456789ab");
        assertThat(GuestConfig.of(GuestType.LXC, JsonNodeFactory.instance.objectNode())
                        .uuid())
                .isEmpty();
    }

    @Test
    void aContainersNameIsItsHostname() {
        data.put("hostname", "db").put("name", "other");
        assertThat(GuestConfig.of(GuestType.LXC, data).name()).isEqualTo("db");
        assertThat(vm().name()).isEqualTo("other");
    }

    @Test
    void nicsComeByNumberAndRawLinesAreLeftAlone() {
        data.put("net10", "b").put("net2", "a").put("net3", "").put("netx", "no");
        data.putArray("lxc").addArray().add("lxc.cap.drop").add("net0");
        assertThat(vm().nets()).containsExactly(Map.entry(2, "a"), Map.entry(10, "b"));
    }
}
