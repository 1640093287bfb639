package net.berth.jmh;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.InterfaceAddress;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.Policy;
import net.berth.model.Prefix;
import net.berth.model.ReservedNames;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowStatus;
import net.berth.plan.Planner;
import net.berth.plan.RowIndex;
import net.berth.plan.Situation;

/** Guests with what all systems hold for them, and their plans. */
final class GuestSet {
    private static final Prefix PREFIX = Prefix.parse("10.10.0.0/18");
    private static final IpAddress GATEWAY = IpAddress.parse("10.10.0.1");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Network NETWORK =
            new Network("lan", "vmbr0", 0, PREFIX, GATEWAY, "home.lan", List.of(GATEWAY), "BIG", List.of());

    private final Planner planner = new Planner(
            List.of(NETWORK),
            new Policy(Policy.Select.HOOK, "berth", Policy.Mode.SYNC, Policy.WriteBack.NEVER, Duration.ofHours(24), 3));
    private final List<Guest> settled = new ArrayList<>();
    private final List<Guest> fresh = new ArrayList<>();
    private final List<AddressRow> rows = new ArrayList<>();
    private final RouterView router;

    GuestSet(int guests) {
        DhcpSubnet subnet = new DhcpSubnet("BIG", PREFIX, "home.lan", List.of());
        List<Mapping> mappings = new ArrayList<>();
        for (int i = 0; i < guests; i++) {
            GuestId id = new GuestId("home", GuestType.LXC, 100 + i);
            NicId nic = new NicId(id, 0);
            MacAddress mac = MacAddress.parse("BC:24:11:00:%02X:%02X".formatted(i / 256, i % 256));
            IpAddress address = GATEWAY.plus(10L + i);
            String name = "g" + i;
            settled.add(guest(id, name, nic, mac, new NicConfig.Static(new InterfaceAddress(address, 18), GATEWAY.toString())));
            fresh.add(guest(id, name, nic, mac, new NicConfig.Dhcp()));
            mappings.add(Mapping.of(subnet, name, address, mac));
            rows.add(new AddressRow(
                    i + 1,
                    address,
                    AddressRow.SOURCE,
                    nic.externalKey(),
                    name,
                    name + ".home.lan",
                    RowStatus.RESERVED,
                    List.of("berth"),
                    Map.of("berth-mac", mac.text())));
        }
        router = new RouterView(List.of(subnet), mappings, List.of(), List.of());
    }

    private static Guest guest(GuestId id, String name, NicId nic, MacAddress mac, NicConfig config) {
        return new Guest(
                id,
                name,
                "pve1",
                GuestStatus.STOPPED,
                Duration.ZERO,
                false,
                "",
                "",
                false,
                "local:snippets/berth-hook",
                List.of(),
                List.of(new Nic(nic, mac, "vmbr0", 0, config)));
    }

    /** An index of all rows, and each guest planned by it; answers how many changes there are. */
    int settledPlans() {
        return changes(settled, RowIndex.of(rows), router);
    }

    /** As if nothing were known of them: each gets the lowest free address. */
    int freshPlans() {
        RouterView empty = new RouterView(router.subnets(), List.of(), List.of(), List.of());
        return changes(fresh, RowIndex.of(List.of()), empty);
    }

    private int changes(List<Guest> all, RowIndex index, RouterView view) {
        int changes = 0;
        for (Guest guest : all) {
            var plan = planner.plan(new Situation(
                    guest,
                    index,
                    true,
                    view,
                    Situation.Boot.HAS_RUN,
                    false,
                    Instant.MIN,
                    false,
                    false,
                    List.of(),
                    Map.of(),
                    Map.of(),
                    ReservedNames.NONE,
                    NOW));
            index.foresee(plan);
            changes += plan.changes().size();
        }
        return changes;
    }
}
