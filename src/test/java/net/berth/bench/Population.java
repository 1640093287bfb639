package net.berth.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.berth.lab.LabHouse;
import net.berth.model.AddressWrite;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.InterfaceAddress;
import net.berth.model.Inventory;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import net.berth.model.row.NewRow;
import net.berth.model.row.RowStatus;

/** Guests of a house, containers and VMs in turn: those that Berth has put everywhere before, and new ones. */
record Population(LabHouse house) {
    static final int FIRST = 100;
    static final String NETWORK = "BIG";
    static final String PREFIX = "10.10.0.0/18";
    static final IpAddress GATEWAY = IpAddress.parse("10.10.0.1");
    private static final String SUBNET =
            "service dhcp-server shared-network-name " + NETWORK + " subnet " + PREFIX + " ";

    /** Containers have even numbers. */
    static GuestType type(int vmid) {
        return vmid % 2 == 0 ? GuestType.LXC : GuestType.QEMU;
    }

    private static String name(int vmid) {
        return "g" + vmid;
    }

    private static IpAddress address(int vmid) {
        return IpAddress.parse("10.10.%d.%d".formatted(1 + vmid / 200, 1 + vmid % 200));
    }

    private static MacAddress mac(int vmid) {
        return MacAddress.parse("BC:24:11:00:%02X:%02X".formatted(vmid / 256, vmid % 256));
    }

    /** The network, and so many guests on which all systems agree. */
    void settle(int guests) {
        house.nipap().addAssignment(PREFIX, "many guests");
        StringBuilder lines = new StringBuilder("set " + SUBNET + "default-router " + GATEWAY + "\nset " + SUBNET
                + "domain-name home.lan\nset " + SUBNET + "lease 86400\n");
        for (int vmid = FIRST; vmid < FIRST + guests; vmid++) {
            settled(vmid);
            String mapping = "set " + SUBNET + "static-mapping " + name(vmid);
            lines.append(mapping).append(" ip-address ").append(address(vmid)).append('\n');
            lines.append(mapping)
                    .append(" mac-address ")
                    .append(mac(vmid).lowerCase())
                    .append('\n');
        }
        house.router().preset(lines.toString());
    }

    private void settled(int vmid) {
        String fixed = "ip=" + address(vmid) + "/18";
        Map<String, String> avps;
        if (type(vmid) == GuestType.LXC) {
            create(vmid, "gw=" + GATEWAY + ",hwaddr=" + mac(vmid).text() + "," + fixed);
            avps = Map.of("berth-mac", mac(vmid).text());
        } else {
            create(vmid, fixed + ",gw=" + GATEWAY);
            String uuid = house.pve().config(vmid, "smbios1").substring("uuid=".length());
            avps = Map.of("berth-mac", mac(vmid).text(), "berth-uuid", uuid, "berth-booted", "yes");
        }
        house.nipap()
                .addHost(
                        address(vmid).toString(),
                        Map.of(
                                "authoritative_source",
                                "berth",
                                "external_key",
                                "pve:home:" + type(vmid) + ":" + vmid + ":net0",
                                "node",
                                name(vmid),
                                "description",
                                name(vmid) + ".home.lan",
                                "status",
                                "reserved",
                                "tags",
                                List.of("berth"),
                                "avps",
                                avps));
    }

    /** A guest that asks for its address, and of which nothing is known. */
    void fresh(int vmid) {
        create(vmid, type(vmid) == GuestType.LXC ? "hwaddr=" + mac(vmid).text() + ",ip=dhcp" : "ip=dhcp");
    }

    private void create(int vmid, String config) {
        if (type(vmid) == GuestType.LXC) {
            String net = "name=eth0,bridge=vmbr0," + config + ",type=veth";
            house.pve()
                    .createContainer(
                            vmid, "pve1", Map.of("hostname", name(vmid), "net0", net, "hookscript", house.hook()));
            return;
        }
        house.pve()
                .createVm(
                        vmid,
                        "pve1",
                        Map.of(
                                "name",
                                name(vmid),
                                "net0",
                                "virtio=" + mac(vmid).text() + ",bridge=vmbr0",
                                "ide2",
                                "local:vm-" + vmid + "-cloudinit,media=cdrom",
                                "ipconfig0",
                                config,
                                "nameserver",
                                GATEWAY.toString(),
                                "searchdomain",
                                "home.lan",
                                "hookscript",
                                house.hook()));
    }

    /** As a list of Proxmox shows it. */
    static Inventory.Entry entry(int vmid) {
        return new Inventory.Entry(
                new GuestId("home", type(vmid), vmid), "pve1", name(vmid), GuestStatus.STOPPED, "", Duration.ZERO);
    }

    /** The row that a claim makes. */
    static NewRow row(int vmid) {
        return new NewRow(
                new NicId(entry(vmid).id(), 0),
                address(vmid),
                name(vmid),
                name(vmid) + ".home.lan",
                RowStatus.RESERVED,
                Map.of("berth-mac", mac(vmid).text()));
    }

    /** The mapping that a session makes. */
    static RouterChange mapping(int vmid) {
        String mac = mac(vmid).text().toLowerCase(Locale.ROOT);
        Mapping wanted = new Mapping(NETWORK, PREFIX, name(vmid), address(vmid).toString(), mac, false);
        return new RouterChange.PutMapping(wanted, List.of());
    }

    /** The write into the guest's config. */
    static AddressWrite write(int vmid) {
        return new AddressWrite(
                new NicId(entry(vmid).id(), 0),
                "pve1",
                mac(vmid),
                new NicConfig.Dhcp(),
                new NicConfig.Static(new InterfaceAddress(address(vmid), 18), GATEWAY.toString()),
                List.of(),
                "");
    }

    /** Past the wire: what the floor made for guests goes, before the receiver finds it. */
    void forget(List<Integer> vmids) {
        StringBuilder lines = new StringBuilder();
        for (int vmid : vmids) {
            house.nipap().removeHost(address(vmid).toString());
            lines.append("delete ")
                    .append(SUBNET)
                    .append("static-mapping ")
                    .append(name(vmid))
                    .append('\n');
        }
        house.router().admin(lines.toString());
    }
}
