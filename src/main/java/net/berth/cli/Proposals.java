package net.berth.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.berth.model.Guest;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.Prefix;
import net.berth.model.router.RouterView;

/**
 * Finds the networks: NIPAP and the router name the prefixes; which bridge and VLAN a prefix is on is told by the guests:
 * by their fixed addresses, and by what the router knows of their MACs. Pure.
 */
final class Proposals {
    /**
     * A bridge and VLAN.
     *
     * @param bridge the bridge
     * @param vlan 0 for untagged
     */
    record Link(String bridge, int vlan) implements Comparable<Link> {
        @Override
        public int compareTo(Link other) {
            int byBridge = bridge.compareTo(other.bridge);
            return byBridge != 0 ? byBridge : Integer.compare(vlan, other.vlan);
        }

        @Override
        public String toString() {
            return bridge + (vlan == 0 ? "" : "." + vlan);
        }
    }

    private final List<Nic> nics;
    private final List<Scout.Assignment> assignments;
    private final List<Scout.SharedNetwork> shared;
    private final RouterView view;

    Proposals(
            List<Guest> guests, List<Scout.Assignment> assignments, List<Scout.SharedNetwork> shared, RouterView view) {
        this.nics = guests.stream()
                .flatMap(guest -> guest.nics().stream())
                .filter(nic -> !nic.bridge().isEmpty())
                .toList();
        this.assignments = List.copyOf(assignments);
        this.shared = List.copyOf(shared);
        this.view = view;
    }

    /** Bridges and VLANs in use, with the number of NICs on each. */
    Map<Link, Integer> links() {
        Map<Link, Integer> links = new TreeMap<>();
        nics.forEach(nic -> links.merge(link(nic), 1, Integer::sum));
        return links;
    }

    /** One for each prefix; those without a bridge need a person's word. */
    List<Proposed> all(String domain) {
        List<Proposed> all = new ArrayList<>();
        Set<Link> taken = new HashSet<>();
        for (Prefix prefix : prefixes()) {
            Proposed bare = bare(prefix, domain);
            Proposed placed = seen(prefix)
                    .filter(link -> !taken.contains(link))
                    .map(link -> bare.on(link.bridge(), link.vlan(), "guests on it have addresses of this prefix"))
                    .or(() -> noted(prefix)
                            .filter(link -> !taken.contains(link))
                            .map(link -> bare.on(link.bridge(), link.vlan(), "NIPAP notes this VLAN")))
                    .orElse(bare);
            if (!placed.bridge().isEmpty()) {
                taken.add(new Link(placed.bridge(), placed.vlan()));
            }
            all.add(placed);
        }
        return lastOne(all, taken);
    }

    /** One prefix and one link left: they belong together. */
    private List<Proposed> lastOne(List<Proposed> all, Set<Link> taken) {
        List<Link> left =
                links().keySet().stream().filter(link -> !taken.contains(link)).toList();
        long open = all.stream().filter(one -> one.bridge().isEmpty()).count();
        if (open != 1 || left.size() != 1) {
            return List.copyOf(all);
        }
        Link link = left.getFirst();
        return all.stream()
                .map(one -> one.bridge().isEmpty()
                        ? one.on(link.bridge(), link.vlan(), "the only prefix and the only bridge that are left")
                        : one)
                .toList();
    }

    private List<Prefix> prefixes() {
        Set<Prefix> prefixes = new LinkedHashSet<>();
        assignments.forEach(one -> prefixes.add(one.prefix()));
        shared.forEach(one -> prefixes.add(one.prefix()));
        return List.copyOf(prefixes);
    }

    private Proposed bare(Prefix prefix, String domain) {
        Optional<Scout.SharedNetwork> served =
                shared.stream().filter(one -> one.prefix().equals(prefix)).findFirst();
        String own = served.map(Scout.SharedNetwork::domain).orElse("");
        return new Proposed(
                "",
                0,
                prefix,
                served.map(Scout.SharedNetwork::gateway)
                        .orElseGet(() -> prefix.network().plus(1)),
                own.isEmpty() ? domain : own,
                served.map(Scout.SharedNetwork::name).orElse(""),
                assignments.stream().anyMatch(one -> one.prefix().equals(prefix)),
                "");
    }

    private Optional<Link> seen(Prefix prefix) {
        Map<Link, Integer> votes = new LinkedHashMap<>();
        nics.stream()
                .filter(nic -> addresses(nic).anyMatch(prefix::contains))
                .forEach(nic -> votes.merge(link(nic), 1, Integer::sum));
        return votes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private Optional<Link> noted(Prefix prefix) {
        return assignments.stream()
                .filter(one -> one.prefix().equals(prefix) && one.vlan() != 0)
                .flatMap(one -> links().keySet().stream().filter(link -> link.vlan() == one.vlan()))
                .findFirst();
    }

    private Stream<IpAddress> addresses(Nic nic) {
        MacAddress mac = nic.mac();
        Stream<IpAddress> fixed = nic.config() instanceof NicConfig.Static it
                ? Stream.of(it.address().address())
                : Stream.of();
        Stream<IpAddress> leased =
                view.leases().stream().filter(lease -> lease.mac().equals(mac)).map(lease -> lease.address());
        Stream<IpAddress> met = view.neighbours().stream()
                .filter(neighbour -> neighbour.mac().equals(mac))
                .map(neighbour -> neighbour.address());
        Stream<IpAddress> mapped = view.mappings(mac).stream().flatMap(mapping -> mapping.address().stream());
        return Stream.of(fixed, leased, met, mapped).flatMap(each -> each);
    }

    private static Link link(Nic nic) {
        return new Link(nic.bridge(), nic.vlan());
    }
}
