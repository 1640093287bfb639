package net.berth.proxmox;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.berth.lab.proxmox.PveLab;
import net.berth.lab.proxmox.PveOptions;
import net.berth.model.AddressWrite;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.InterfaceAddress;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.security.Secret;
import net.berth.security.TlsTrust;

/** A stand-in with a VM and a container, and a client of it. */
public final class LabFixture implements AutoCloseable {
    static final GuestId VM = new GuestId("home", GuestType.QEMU, 101);
    static final GuestId CONTAINER = new GuestId("home", GuestType.LXC, 200);
    public static final String VM_MAC = "BC:24:11:AA:00:01";
    static final String CONTAINER_MAC = "bc:24:11:aa:00:02";
    static final String CONTAINER_NET =
            "name=eth0,bridge=vmbr0,firewall=1,hwaddr=" + CONTAINER_MAC + ",ip=dhcp,tag=20,type=veth";

    public final PveLab lab;
    final ProxmoxCompute compute;

    public LabFixture(PveOptions options, Path folder) {
        lab = PveLab.start(options, folder);
        lab.createVm(
                101,
                "pve1",
                Map.of(
                        "name", "web",
                        "net0", "virtio=" + VM_MAC + ",bridge=vmbr0,tag=20",
                        "ipconfig0", "ip=dhcp",
                        "ide2", "local-lvm:vm-101-cloudinit,media=cdrom",
                        "scsi0", "local-lvm:vm-101-disk-0,size=8G",
                        "hookscript", "local:snippets/none",
                        "tags", "berth;web"));
        lab.createContainer(200, "pve2", Map.of("hostname", "db", "net0", CONTAINER_NET));
        compute = new ProxmoxCompute(settings(lab, List.of(lab.url())), options.clock());
    }

    public static ProxmoxSettings settings(PveLab lab, List<URI> urls) {
        return new ProxmoxSettings(
                urls,
                "home",
                new ApiToken(lab.tokenId(), Secret.of(lab.tokenSecret())),
                new TlsTrust.Fingerprints(List.of(lab.fingerprint())),
                limits());
    }

    static ProxmoxSettings.Limits limits() {
        return new ProxmoxSettings.Limits(
                Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(15), 4, 1024 * 1024);
    }

    static AddressWrite write(GuestId guest, String node, String mac, String address, List<String> nameservers) {
        return new AddressWrite(
                new NicId(guest, 0),
                node,
                MacAddress.parse(mac),
                new NicConfig.Dhcp(),
                new NicConfig.Static(InterfaceAddress.parse(address), "192.168.1.1"),
                nameservers.stream().map(IpAddress::parse).toList(),
                nameservers.isEmpty() ? "" : "home.lan");
    }

    static AddressWrite vmWrite() {
        return write(VM, "pve1", VM_MAC, "192.168.1.20/24", List.of());
    }

    static AddressWrite containerWrite() {
        return write(CONTAINER, "pve2", CONTAINER_MAC, "192.168.1.30/24", List.of());
    }

    @Override
    public void close() {
        compute.close();
        lab.close();
    }
}
