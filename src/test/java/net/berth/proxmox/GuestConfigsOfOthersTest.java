package net.berth.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.model.AddressWrite;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.Inventory;
import net.berth.model.IpAddress;
import net.berth.plan.Change;
import net.berth.plan.GuestPlan;
import net.berth.plan.Nets;
import net.berth.plan.Situation;
import net.berth.plan.World;
import net.berth.plan.view.GuestState;
import net.berth.proxmox.text.GuestConfig;
import net.berth.proxmox.text.IpConfig;
import net.berth.proxmox.text.NetText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configs that people have, of guests that have not run yet, and the strings that Berth writes into them. */
class GuestConfigsOfOthersTest {
    private static final String MAC = "BC:24:11:5E:01:0";

    /** A config as {@code qm config} and {@code pct config} print it, with {@code ~} at the end of a line. */
    private static GuestConfig config(GuestType type, String text) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("hookscript", "local:snippets/berth-hook");
        for (String line : text.replace("MAC", MAC).split("~\\s*", -1)) {
            String[] parts = line.strip().split(": ", 2);
            data.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        return GuestConfig.of(type, data);
    }

    private static World world(GuestType type, GuestConfig config) {
        Inventory.Entry entry =
                new Inventory.Entry(new GuestId("home", type, 101), "pve1", "", GuestStatus.STOPPED, "", Duration.ZERO);
        Guest guest = GuestReader.guest(entry, config);
        World world = World.dnsmasq();
        world.networks = List.of(Nets.FREE, Nets.IOT);
        world.guests.put(101, guest);
        return world.boot(101, Situation.Boot.FRESH);
    }

    private static String written(GuestConfig config, AddressWrite write) {
        String ipconfig = "ipconfig" + write.nic().index();
        return write.nic().guest().type() == GuestType.LXC
                ? NetText.ofContainer(config.get(write.nic().name()))
                        .with(write.wanted())
                        .toString()
                : IpConfig.parse(config.get(ipconfig)).with(write.wanted()).toString();
    }

    private static List<String> written(GuestPlan plan, GuestConfig config) {
        return plan.changes(Change.Stage.GUEST).stream()
                .map(change -> written(config, ((Change.WriteGuest) change).write()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', nullValues = "none", textBlock = """
            ide2: local-lvm:vm-101-cloudinit,media=cdrom~ net0: virtio=MAC1,bridge=vmbr0,firewall=1,trunks=10;20-29~ ipconfig0: ip=dhcp,ip6=auto | ip=192.168.1.2/24,ip6=auto,gw=192.168.1.1
            scsi1: local:101/vm-101-cloudinit.qcow2,media=cdrom,size=4M~ net0: virtio=MAC1,bridge=vmbr0~ ipconfig0: ip6=dhcp,ip=dhcp | ip6=dhcp,ip=192.168.1.2/24,gw=192.168.1.1
            ide2: ceph:vm-101-cloudinit,media=cdrom~ net0: virtio=MAC1,bridge=vmbr0~ net1: virtio=MAC2,bridge=vmbr17~ ipconfig0: ip=dhcp~ ipconfig1: ip=10.17.0.5/24 | ip=192.168.1.2/24,gw=192.168.1.1
            ide2: ceph:vm-101-cloudinit,media=cdrom~ net0: virtio=MAC1,bridge=vmbr0~ net1: virtio=MAC2,bridge=vmbr17~ ipconfig0: ip=dhcp~ ipconfig1: gw=10.17.0.1,ip=10.17.0.5/24 | ip=192.168.1.2/24
            ide2: ceph:vm-101-cloudinit,media=cdrom~ cicustom:  ~ net0: virtio=MAC1,bridge=vmbr0~ ipconfig0: ip=dhcp | ip=192.168.1.2/24,gw=192.168.1.1
            ide2: ceph:vm-101-cloudinit,media=cdrom~ cicustom: user=local:snippets/u.yaml,vendor=local:snippets/v.yaml~ net0: virtio=MAC1,bridge=vmbr0~ ipconfig0: ip=dhcp | ip=192.168.1.2/24,gw=192.168.1.1
            ide2: ceph:vm-101-cloudinit,media=cdrom~ cicustom: user=local:snippets/u.yaml,network=local:snippets/n.yaml~ net0: virtio=MAC1,bridge=vmbr0~ ipconfig0: ip=dhcp | none
            ide2: none,media=cdrom~ net0: virtio=MAC1,bridge=vmbr0~ ipconfig0: ip=192.168.1.60/24,gw=192.168.1.1 | none
            ide2: ceph:vm-101-cloudinit,media=cdrom~ net0: virtio=MAC1,bridge=vmbr0~ nameserver: 9.9.9.9~ ipconfig0: gw=192.168.1.254,ip=192.168.1.60/24 | none
            ide2: ceph:vm-101-cloudinit,media=cdrom~ net0: virtio=MAC1~ ipconfig0: ip=dhcp | none
            ide2: ceph:vm-101-cloudinit,media=cdrom~ net0: virtio=MAC1,bridge=vmbr0,tag=77~ ipconfig0: ip=dhcp | none
            ide2: ceph:vm-101-cloudinit,media=cdrom~ net0: virtio=MAC1,bridge=vmbr0~ hookscript: local:snippets/lldp-hook.sh~ ipconfig0: ip=dhcp | none
            ide2: ceph:vm-101-cloudinit,media=cdrom~ net0: virtio=MAC1,bridge=vmbr0~ ipconfig0: ip=manual | none
            ide2: ceph:vm-101-cloudinit,media=cdrom~ net0: virtio=MAC1,bridge=vmbr0~ ipconfig0: ip=dhcp,gw=192.168.1.1 | none
            ide2: ceph:vm-101-cloudinit,media=cdrom~ net0: virtio=MAC1,bridge=vmbr0~ ipconfig0: ip=192.168.1.60/24,gw=192.168.1.1,mtu=1400 | none
            """)
    void ofAVm(String text, String expected) {
        GuestConfig config = config(GuestType.QEMU, text);
        GuestPlan plan = world(GuestType.QEMU, config).plan(101);
        assertThat(written(plan, config)).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', nullValues = "none", textBlock = """
            net0: name=eth0,bridge=vmbr0,firewall=1,hwaddr=MAC1,ip=dhcp,ip6=manual,type=veth | name=eth0,bridge=vmbr0,firewall=1,hwaddr=MAC1,ip=192.168.1.2/24,ip6=manual,type=veth,gw=192.168.1.1
            net0: name=eth0,bridge=vmbr0,hwaddr=MAC1,ip=dhcp,type=veth~ net1: name=eth1,bridge=vmbr1,hwaddr=MAC2,ip=10.90.0.7/24,type=veth | name=eth0,bridge=vmbr0,hwaddr=MAC1,ip=192.168.1.2/24,type=veth,gw=192.168.1.1
            net0: name=eth0,bridge=vmbr0,gw=192.168.1.3,hwaddr=MAC1,ip=192.168.1.60/24,type=veth~ nameserver: 8.8.8.8 | none
            net0: name=eth0,bridge=vmbr0,hwaddr=MAC1,ip=manual,type=veth~ ostype: ubuntu | none
            net0: name=eth0,bridge=vmbr0,hwaddr=MAC1,ip=dhcp,type=veth~ ostype: unmanaged | none
            net0: name=eth0,bridge=vmbr0,host-managed=1,hwaddr=MAC1,ip=dhcp,type=veth~ ostype: unmanaged | name=eth0,bridge=vmbr0,host-managed=1,hwaddr=MAC1,ip=192.168.1.2/24,type=veth,gw=192.168.1.1
            net0: name=eth0,bridge=vmbr9,hwaddr=MAC1,ip=192.168.1.60/24,gw=192.168.1.1,type=veth | none
            net0: name=wg,bridge=vmbr0,hwaddr=MAC1,ip=192.168.1.60/24,link_down=1,type=veth | none
            """)
    void ofAContainer(String text, String expected) {
        GuestConfig config = config(GuestType.LXC, text);
        World world = world(GuestType.LXC, config);
        assertThat(written(world.plan(101), config))
                .isEqualTo(expected == null ? List.of() : List.of(expected.replace("MAC", MAC)));
        world.settle(101);
        assertThat(world.plan(101).state()).isIn(GuestState.SETTLED, GuestState.UNMANAGED);
    }

    /** A stopped machine may have an address from a time when its config took effect. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            net0: virtio=MAC1,bridge=vmbr0~ ipconfig0: ip=192.168.1.60/24,gw=192.168.1.1
            ide2: none,media=cdrom~ net0: virtio=MAC1,bridge=vmbr0~ ipconfig0: ip=192.168.1.60/24
            ide2: ceph:vm-101-cloudinit,media=cdrom~ cicustom: network=local:snippets/n.yaml~ net0: virtio=MAC1,bridge=vmbr0~ ipconfig0: ip=192.168.1.60/24
            ide2: ceph:vm-101-cloudinit,media=cdrom~ net0: virtio=MAC1,bridge=vmbr0~ ipconfig0: ip=192.168.1.60/24
            """)
    void anAddressInAConfigIsInUseWithOrWithoutEffect(String text) {
        Guest guest = world(GuestType.QEMU, config(GuestType.QEMU, text)).guest(101);
        assertThat(guest.namedAddresses()).containsExactly(IpAddress.parse("192.168.1.60"));
    }

    /** What a guest agent says of a machine with the MAC of net0, as interfaces with name, MAC and addresses. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a cluster's virtual address beside its own | ens18 MAC1 192.168.1.77/24 192.168.1.9/32 | 192.168.1.77
            two virtual addresses, one of them lower | ens18 MAC1 192.168.1.77/24 192.168.1.250/32 192.168.1.3/24 | 192.168.1.77
            containers inside | ens18 MAC1 192.168.1.77/24; docker0 02:42:AC:11:00:01 172.17.0.1/16; cali1 EE:EE:EE:EE:EE:EE 169.254.1.1/32 | 192.168.1.77
            a bridge with its NIC's MAC | eth0 MAC1; br-lan MAC1 192.168.1.77/24 | 192.168.1.77
            a VLAN with its NIC's MAC | eth0 MAC1 192.168.1.77/24; eth0.30 MAC1 192.168.30.77/24 | 192.168.1.77
            a tunnel first | wg0 - 10.8.0.2/24; tailscale0 - 100.80.1.2/32; ens18 MAC1 192.168.1.77/24 | 192.168.1.77
            no address yet | lo 00:00:00:00:00:00 127.0.0.1/8; ens18 MAC1 169.254.9.9/16 | 192.168.1.2
            another network's address only | ens18 MAC1 10.0.0.7/24 | 192.168.1.2
            """)
    void whatAnAgentSaysOfItsInterfaces(String what, String said, String address) throws JsonProcessingException {
        GuestConfig config = config(GuestType.QEMU, "agent: 1~ net0: virtio=MAC1,bridge=vmbr0~ name: node1");
        World world = world(GuestType.QEMU, config);
        Guest stopped = world.guest(101);
        Inventory.Entry running =
                new Inventory.Entry(stopped.id(), "pve1", "node1", GuestStatus.RUNNING, "", Duration.ofHours(1));
        world.guests.put(101, GuestReader.guest(running, config));
        world.live.addAll(GuestReader.live(JsonMapper.builder().build().readTree(agent(said))));
        assertThat(world.settle(101).address(101, 0)).as(what).isEqualTo(address);
    }

    private static String agent(String said) {
        List<String> interfaces = Stream.of(
                        said.replace("MAC", MAC.toLowerCase(Locale.ROOT)).split("; ", -1))
                .map(each -> {
                    String[] words = each.split(" ", -1);
                    String addresses = Stream.of(words)
                            .skip(2)
                            .map(word -> "{'ip-address':'%s','ip-address-type':'ipv4','prefix':%s}"
                                    .formatted((Object[]) word.split("/", -1)))
                            .collect(Collectors.joining(","));
                    String mac = words[1].equals("-") ? "" : ",'hardware-address':'" + words[1] + "'";
                    return "{'name':'" + words[0] + "'" + mac + ",'ip-addresses':[" + addresses + "]}";
                })
                .toList();
        return ("{'result':[" + String.join(",", interfaces) + "]}").replace('\'', '"');
    }
}
