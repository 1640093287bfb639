package net.berth.engine;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.berth.engine.port.RealTimer;
import net.berth.engine.report.PassReport;
import net.berth.lab.nipap.LabNipap;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.Prefix;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.nipap.NipapIpam;
import net.berth.nipap.NipapSettings;
import net.berth.security.Secret;

/**
 * A receiver with thousands of settled guests in one network, as a program of its own so that its heap can be bounded:
 * it makes full passes over a NIPAP that runs elsewhere and tells what they took.
 */
final class ManyGuests {
    static final Prefix PREFIX = Prefix.parse("10.10.0.0/18");
    private static final int FIRST_VMID = 100;
    private static final Network LAN = new Network(
            "lan",
            "vmbr0",
            0,
            PREFIX,
            IpAddress.parse("10.10.0.1"),
            "home.lan",
            List.of(IpAddress.parse("10.10.0.1")),
            "LAN",
            List.of());
    private static final DhcpSubnet SUBNET = new DhcpSubnet("LAN", PREFIX, "", List.of());

    private ManyGuests() {}

    /** Arguments: the URL of NIPAP, how many guests, how many passes. */
    public static void main(String... args) {
        int guests = Integer.parseInt(args[1]);
        FakeCompute compute = new FakeCompute();
        FakeRouter router = new FakeRouter();
        router.subnets = List.of(SUBNET);
        List<Mapping> mappings = new ArrayList<>();
        for (int i = 0; i < guests; i++) {
            GuestId id = compute.add(GuestType.LXC, FIRST_VMID + i, name(i), new NicConfig.Dhcp());
            MacAddress mac = compute.guests.get(id).nics().getFirst().mac();
            mappings.add(Mapping.of(SUBNET, name(i), address(i), mac));
            router.records.add(new DnsRecord(
                    DnsRecord.Kind.HOST_MAPPING,
                    name(i) + ".home.lan",
                    List.of(name(i)),
                    List.of(address(i).toString())));
        }
        router.mappings.addAll(mappings);
        NipapSettings settings =
                NipapSettings.of(URI.create(args[0]), LabNipap.USER, Secret.of(LabNipap.PASSWORD), "default");
        try (NipapIpam ipam = new NipapIpam(settings);
                RealTimer timer = new RealTimer();
                Engine engine = Engines.usual().in(LAN).forAll().over(compute, ipam, router, timer)) {
            for (int pass = 0; pass < Integer.parseInt(args[2]); pass++) {
                tell(pass, engine);
            }
        }
    }

    private static void tell(int pass, Engine engine) {
        long begin = System.nanoTime();
        PassReport report = engine.plan();
        long took = (System.nanoTime() - begin) / 1_000_000;
        long changes = report.guests().stream()
                .mapToLong(guest -> guest.changes().size() + guest.conflicts().size())
                .sum();
        System.out.printf(
                "pass %d: %d guests, %d changes and conflicts, %d ms, heap of at most %d MB%n",
                pass,
                report.guests().size(),
                changes,
                took,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    static String name(int i) {
        return "g" + i;
    }

    static IpAddress address(int i) {
        return PREFIX.network().plus(10 + i);
    }

    /** The row's columns as Berth writes them. */
    static Map<String, ?> row(int i) {
        int vmid = FIRST_VMID + i;
        NicId nic = new NicId(FakeCompute.id(GuestType.LXC, vmid), 0);
        return Map.of(
                "authoritative_source",
                "berth",
                "external_key",
                nic.externalKey(),
                "node",
                name(i),
                "description",
                name(i) + ".home.lan",
                "status",
                "reserved",
                "tags",
                List.of("berth"),
                "avps",
                Map.of(
                        "berth-mac",
                        "BC:24:11:00:%02X:%02X".formatted(vmid / 256, vmid % 256),
                        "berth-origin",
                        "the lowest free address"));
    }
}
