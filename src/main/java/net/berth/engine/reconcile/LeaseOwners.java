package net.berth.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.LeaseReport;
import net.berth.engine.report.LeaseReport.Source;
import net.berth.engine.report.PassReport;
import net.berth.engine.report.Seen;
import net.berth.engine.world.World;
import net.berth.model.Guest;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.Policy;
import net.berth.model.router.Lease;
import net.berth.model.router.Mapping;
import net.berth.model.router.Neighbour;
import net.berth.model.router.RouterView;
import net.berth.plan.view.NicView;

/** Says which guests the machines are that the router sees. */
public final class LeaseOwners {
    private final List<Network> networks;
    private final Policy policy;
    private final RouterView router;
    private final Instant now;
    private final Map<MacAddress, Holder> byMac = new HashMap<>();
    private final Map<String, Holder> byAddress = new HashMap<>();

    private record Holder(GuestReport report, Nic nic, NicView view) {
        String title() {
            return report.guest().title() + " " + view.name();
        }

        /** Without the prefix length; empty when it has none. */
        String address() {
            int slash = view.address().indexOf('/');
            return slash < 0 ? "" : view.address().substring(0, slash);
        }
    }

    private LeaseOwners(
            List<Network> networks, Policy policy, List<GuestReport> guests, RouterView router, Instant now) {
        this.networks = networks;
        this.policy = policy;
        this.router = router;
        this.now = now;
        for (GuestReport report : guests) {
            List<Nic> nics = report.guest().nics();
            for (int i = 0; i < nics.size(); i++) {
                Holder holder = new Holder(report, nics.get(i), report.nics().get(i));
                // Two guests with one MAC: the managed one is more likely.
                byMac.merge(nics.get(i).mac(), holder, (a, b) -> a.report().managed() ? a : b);
                if (!holder.address().isEmpty()) {
                    byAddress.put(holder.address(), holder);
                }
            }
        }
    }

    /** All live leases, then machines without one, each by address, as last seen. */
    public static Seen<List<LeaseReport>> of(World world, List<Network> networks, Policy policy, PassReport guests) {
        // A view that is stale after a failed commit has no time; it was read in the last comparison or later.
        Instant at =
                world.lastRouter().map(Seen::at).filter(guests.asOf()::isBefore).orElse(guests.asOf());
        return new Seen<>(new LeaseOwners(networks, policy, guests.guests(), world.router(), world.now()).all(), at);
    }

    private List<LeaseReport> all() {
        List<LeaseReport> found = new ArrayList<>();
        Set<IpAddress> leased = new HashSet<>();
        router.leases().stream()
                .filter(lease -> lease.expires().isAfter(now))
                .sorted(Comparator.comparing(Lease::address))
                .forEach(lease -> {
                    leased.add(lease.address());
                    found.add(report(lease.address(), lease.mac(), Source.LEASE, lease.expires(), lease.clientName()));
                });
        router.neighbours().stream()
                .filter(neighbour -> !leased.contains(neighbour.address()))
                // The router's uplink and the like are not shown.
                .filter(neighbour -> network(neighbour.address()).isPresent())
                .sorted(Comparator.comparing(Neighbour::address))
                .forEach(neighbour ->
                        found.add(report(neighbour.address(), neighbour.mac(), Source.ARP, Instant.MIN, "")));
        return found;
    }

    private Optional<Network> network(IpAddress address) {
        return networks.stream()
                .filter(network -> network.prefix().contains(address))
                .findFirst();
    }

    private LeaseReport report(IpAddress address, MacAddress mac, Source source, Instant expires, String name) {
        Optional<Holder> holder = Optional.ofNullable(byMac.get(mac));
        boolean timed = !expires.equals(Instant.MAX) && expires.isAfter(now);
        return new LeaseReport(
                address,
                mac,
                source,
                expires,
                timed ? Duration.between(now, expires) : Duration.ZERO,
                network(address).map(Network::name).orElse(""),
                name,
                holder.map(found -> found.report().guest()).stream().toList(),
                holder.map(found -> found.view().name()).orElse(""),
                holder.map(found -> known(found, address)).orElseGet(() -> unknown(address, mac)));
    }

    private String known(Holder holder, IpAddress address) {
        Guest guest = holder.report().guest();
        if (!holder.report().managed()) {
            return guest.title() + " " + unselected(guest);
        }
        if (holder.address().isEmpty() || holder.address().equals(address.toString())) {
            return inUse(address, holder.nic().mac());
        }
        return "still on an old address; " + holder.address() + " is bound to it";
    }

    private String unselected(Guest guest) {
        String tool = guest.id().type() == GuestType.QEMU ? "qm" : "pct";
        return switch (policy.select()) {
            case HOOK ->
                "lacks the hook: " + tool + " set " + guest.id().vmid() + " --hookscript local:snippets/berth-hook";
            case TAG -> "lacks the tag " + policy.tag();
            case ALL -> "is a template";
        };
    }

    private String unknown(IpAddress address, MacAddress mac) {
        String conflict = inUse(address, mac);
        if (!conflict.isEmpty()) {
            return conflict;
        }
        return router.mappings(mac).stream()
                .findFirst()
                .map(Mapping::name)
                .map(mapping -> "the router maps it by hand as " + mapping)
                .orElse("");
    }

    /** An address of ours with another's MAC. */
    private String inUse(IpAddress address, MacAddress mac) {
        Holder owner = byAddress.get(address.toString());
        return owner == null || owner.nic().mac().equals(mac)
                ? ""
                : "ADDRESS_IN_USE: " + address + " is bound to " + owner.title();
    }
}
