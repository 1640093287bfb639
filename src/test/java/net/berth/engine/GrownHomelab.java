package net.berth.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.berth.model.AddressRange;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.InterfaceAddress;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.NicConfig;
import net.berth.model.Prefix;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;

/**
 * A homelab as it grows in years without Berth: 300 guests whose addresses stand in their configs, on the router, in
 * NIPAP by hand, or in several of them; 200 hand-made rows, half of them for other machines; 150 mappings.
 */
final class GrownHomelab {
    static final Network LAN = new Network(
            "lan",
            "vmbr0",
            0,
            Prefix.parse("10.0.0.0/22"),
            IpAddress.parse("10.0.0.1"),
            "home.lan",
            List.of(IpAddress.parse("10.0.0.1")),
            "LAN",
            List.of(AddressRange.parse("10.0.0.2-10.0.0.19")));
    private static final DhcpSubnet SUBNET =
            new DhcpSubnet("LAN", LAN.prefix(), "", List.of(AddressRange.parse("10.0.3.0-10.0.3.250")));
    private static final IpAddress FIRST = IpAddress.parse("10.0.0.20");

    final FakeCompute compute = new FakeCompute();
    final FakeIpam ipam = new FakeIpam();
    final FakeRouter router = new FakeRouter();
    /** Every guest that has an address before Berth comes, with that address. */
    final Map<GuestId, IpAddress> had = new TreeMap<>();

    final List<AddressRow> othersRows = new ArrayList<>();
    final List<Mapping> printers = new ArrayList<>();
    private final Random random;

    GrownHomelab(long seed) {
        random = new Random(seed);
        router.subnets = List.of(SUBNET);
        for (int i = 0; i < 300; i++) {
            guest(i);
        }
        for (int i = 0; i < 100; i++) {
            // Between the guests' addresses, so that the lowest free one is not simply the next.
            othersRows.add(ipam.human(FIRST.plus(2L * i + 1).toString(), i % 3 == 0 ? "" : "switch-" + i));
        }
        for (int i = 0; i < 20; i++) {
            MacAddress mac = new MacAddress("B8:27:EB:00:00:%02X".formatted(i));
            Mapping printer = Mapping.of(
                    SUBNET, "printer-" + i, IpAddress.parse("10.0.2.150").plus(i), mac);
            printers.add(printer);
            router.mappings.add(printer);
        }
    }

    private void guest(int i) {
        int vmid = 100 + i;
        IpAddress address = FIRST.plus(2L * i);
        NicConfig fixed = new NicConfig.Static(new InterfaceAddress(address, 22), "10.0.0.1");
        int kind = i % 6;
        boolean inConfig = kind == 0 || kind == 2 || kind == 4;
        GuestType type = random.nextBoolean() ? GuestType.QEMU : GuestType.LXC;
        // Some names are there twice, some are no DNS names.
        String name = i % 60 == 0 ? "db" : i % 50 == 7 ? "Old Server " + i : "srv-" + i;
        GuestId id = compute.add(type, vmid, name, inConfig ? fixed : new NicConfig.Dhcp());
        compute.status(
                id,
                random.nextBoolean() ? GuestStatus.RUNNING : GuestStatus.STOPPED,
                Duration.ofDays(random.nextInt(1, 400)));
        if (kind == 2 || kind == 3) {
            ipam.human(address.toString(), name);
        }
        if (kind == 1 || kind == 3 || (kind == 4 && i < 180)) {
            MacAddress mac = compute.guests.get(id).nics().getFirst().mac();
            router.mappings.add(new Mapping(
                    "LAN",
                    SUBNET.prefix().toString(),
                    random.nextBoolean() ? name.replace(' ', '-') : "host" + i,
                    address.toString(),
                    random.nextBoolean() ? mac.text() : mac.lowerCase(),
                    false));
        }
        if (kind != 5) {
            had.put(id, address);
        }
    }
}
