package net.berth.proxmox;

import static net.berth.proxmox.LabFixture.CONTAINER;
import static net.berth.proxmox.LabFixture.VM;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.InterfaceAddress;
import net.berth.model.Inventory;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.proxmox.text.GuestConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a guest's config says of an address counts only where it takes effect. */
class ConfigEffectTest {
    private static final String DRIVE = "ide2: local-lvm:vm-101-cloudinit,media=cdrom";
    private static final String NET = "net0: virtio=BC:24:11:AA:00:01,bridge=vmbr0";
    private static final String FIXED = "ipconfig0: ip=192.168.1.60/24,gw=192.168.1.1";
    private static final NicConfig STATIC =
            new NicConfig.Static(InterfaceAddress.parse("192.168.1.60/24"), "192.168.1.1");

    private static Guest guest(GuestId id, String... lines) {
        Map<String, String> values = Arrays.stream(lines)
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
        Inventory.Entry entry = new Inventory.Entry(id, "pve1", "web", GuestStatus.STOPPED, "", Duration.ZERO);
        return GuestReader.guest(entry, GuestConfig.of(id.type(), new ObjectMapper().valueToTree(values)));
    }

    private static NicConfig config(GuestId id, String... lines) {
        return guest(id, lines).nics().getFirst().config();
    }

    private static NicConfig ignored(String why) {
        return new NicConfig.Ignored(
                why, List.of(((NicConfig.Static) STATIC).address().address()));
    }

    @ParameterizedTest
    @CsvSource({
        "'network=local:snippets/net-101.yaml'",
        "'user=local:snippets/user.yaml,network=local:snippets/net-101.yaml'",
        "'network=local:snippets/net-101.yaml,vendor=local:snippets/vendor.yaml'"
    })
    void aSnippetForTheNetworkReplacesWhatTheConfigSays(String cicustom) {
        assertThat(config(VM, DRIVE, NET, FIXED, "cicustom: " + cicustom))
                .isEqualTo(ignored("cicustom replaces the network config"));
        assertThat(config(VM, DRIVE, NET, "cicustom: " + cicustom)).isInstanceOf(NicConfig.Ignored.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'user=local:snippets/network=1.yaml'",
        "'meta=local:snippets/meta.yaml'",
        "'vendor=nfs:snippets/v.yaml,user=nfs:snippets/u.yaml'"
    })
    void otherSnippetsLeaveItInEffect(String cicustom) {
        assertThat(config(VM, DRIVE, NET, FIXED, "cicustom: " + cicustom)).isEqualTo(STATIC);
    }

    @ParameterizedTest
    @CsvSource({"nocloud", "configdrive2", "opennebula"})
    void everyKindOfImageHoldsIt(String citype) {
        assertThat(config(VM, DRIVE, NET, FIXED, "citype: " + citype)).isEqualTo(STATIC);
    }

    @Test
    void withoutADriveNothingOfItTakesEffect() {
        assertThat(config(VM, NET, FIXED)).isEqualTo(ignored("ipconfig0 has no effect without a cloud-init drive"));
        assertThat(config(VM, NET)).isEqualTo(new NicConfig.None());
    }

    @Test
    void anAddressOfANicThatIsNotThereIsNone() {
        Guest guest = guest(VM, DRIVE, NET, "ipconfig0: ip=dhcp", "ipconfig3: ip=192.168.1.61/24");
        assertThat(guest.fixedAddresses()).isEmpty();
        assertThat(guest.nics()).singleElement().extracting(Nic::config).isEqualTo(new NicConfig.Dhcp());
    }

    @ParameterizedTest
    @CsvSource({"unmanaged, '', false", "unmanaged, ',host-managed=1', true", "debian, '', true", "nixos, '', true"})
    void aContainerThatProxmoxDoesNotSetUpSetsItselfUp(String ostype, String more, boolean takesEffect) {
        NicConfig config = config(
                CONTAINER,
                "ostype: " + ostype,
                "net0: name=eth0,bridge=vmbr0,hwaddr=BC:24:11:AA:00:02,ip=192.168.1.60/24,gw=192.168.1.1,type=veth"
                        + more);
        assertThat(config).isInstanceOf(takesEffect ? NicConfig.Static.class : NicConfig.Ignored.class);
    }

    @ParameterizedTest
    @CsvSource({"',link_down=1', true", "',link_down=0', false", "'', false"})
    void aLinkThatIsDownIsSeen(String more, boolean down) {
        assertThat(guest(VM, DRIVE, NET + more, FIXED).nics().getFirst().unplugged())
                .isEqualTo(down);
    }
}
