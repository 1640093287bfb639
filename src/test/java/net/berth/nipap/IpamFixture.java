package net.berth.nipap;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.berth.engine.port.Ipam.Claim;
import net.berth.lab.nipap.LabNipap;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.NicId;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.model.row.NewRow;
import net.berth.model.row.RowStatus;
import net.berth.security.Secret;

/** Short words for tests of the port. */
public final class IpamFixture {
    public static final String LAN = "192.168.1.0/24";

    private IpamFixture() {}

    static LabNipap lab() {
        LabNipap lab = LabNipap.start();
        lab.addReservation("192.168.0.0/16", "site");
        lab.addAssignment(LAN, "lan");
        return lab;
    }

    /** Waits for nothing between its attempts. */
    static NipapIpam ipam(LabNipap lab) {
        return ipam(lab.url(), "default");
    }

    public static NipapIpam ipam(URI url, String vrf) {
        return ipam(url, vrf, 1 << 24);
    }

    static NipapIpam ipam(URI url, String vrf, long byteLimit) {
        NipapSettings settings = new NipapSettings(
                url, LabNipap.USER, Secret.of(LabNipap.PASSWORD), vrf, Duration.ofSeconds(5), byteLimit);
        return new NipapIpam(settings, new Random(1), time -> {});
    }

    static Network network(String prefix, String pool) {
        Prefix parsed = Prefix.parse(prefix);
        return new Network(
                "lan",
                "vmbr0",
                0,
                parsed,
                parsed.network().plus(1).toString(),
                "home.lan",
                List.of(),
                "",
                List.of(),
                pool);
    }

    static Network network(String prefix) {
        return network(prefix, "");
    }

    static NicId nic(int vmid) {
        return new NicId(new GuestId("home", GuestType.QEMU, vmid), 0);
    }

    static NewRow row(NicId nic, String address) {
        return new NewRow(
                nic,
                IpAddress.parse(address),
                "vm" + nic.guest().vmid(),
                "vm" + nic.guest().vmid() + ".home.lan",
                RowStatus.ASSIGNED,
                Map.of("berth-mac", "BC:24:11:00:00:01"));
    }

    static NewRow row(int vmid, String address) {
        return row(nic(vmid), address);
    }

    static AddressRow made(NipapIpam ipam, int vmid, String address) {
        return ((Claim.Made) ipam.claim(row(vmid, address))).row();
    }
}
