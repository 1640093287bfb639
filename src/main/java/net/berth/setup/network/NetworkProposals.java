package net.berth.setup.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.edgemax.config.DhcpService;
import net.berth.model.Guest;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.Prefix;
import net.berth.model.router.RouterView;

/**
 * Finds the networks. The prefixes come from NIPAP and the router. The bridge and VLAN of a prefix come from the guests: from
 * their static addresses, and from the leases, neighbours and mappings of their MACs. Pure.
 */
public final class NetworkProposals {
    /** A bridge and VLAN; 0 for untagged. */
    public record Link(String bridge, int vlan) implements Comparable<Link> {
        @Override
        public int compareTo(Link other) {
            return Comparator.comparing(Link::bridge)
                    .thenComparingInt(Link::vlan)
                    .compare(this, other);
        }

        @Override
        public String toString() {
            return bridge + (vlan == 0 ? "" : "." + vlan);
        }
    }

    private final List<Nic> nics;
    private final Map<Prefix, Integer> assignments;
    private final List<DhcpService> shared;
    private final RouterView view;

    public NetworkProposals(
            List<Guest> guests, Map<Prefix, Integer> assignments, List<DhcpService> shared, RouterView view) {
        this.nics = guests.stream()
                .flatMap(guest -> guest.nics().stream())
                .filter(nic -> !nic.bridge().isEmpty())
                .toList();
        this.assignments = new LinkedHashMap<>(assignments);
        this.shared = List.copyOf(shared);
        this.view = view;
    }

    /** Bridges and VLANs in use, with the number of NICs on each. */
    public Map<Link, Integer> links() {
        Map<Link, Integer> links = new TreeMap<>();
        nics.forEach(nic -> links.merge(link(nic), 1, Integer::sum));
        return links;
    }

    /** One for each prefix; its bridge is empty if it could not be found. */
    public List<ProposedNetwork> all(String domain) {
        List<ProposedNetwork> all = new ArrayList<>();
        Set<Link> taken = new HashSet<>();
        for (Prefix prefix : prefixes()) {
            ProposedNetwork bare = bare(prefix, domain);
            ProposedNetwork placed = seen(prefix)
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

    /** If one prefix and one link are left, they belong together. */
    private List<ProposedNetwork> lastOne(List<ProposedNetwork> all, Set<Link> taken) {
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
        Set<Prefix> prefixes = new LinkedHashSet<>(assignments.keySet());
        shared.forEach(one -> prefixes.add(one.prefix()));
        return List.copyOf(prefixes);
    }

    private ProposedNetwork bare(Prefix prefix, String domain) {
        Optional<DhcpService> served =
                shared.stream().filter(one -> one.prefix().equals(prefix)).findFirst();
        String own = served.map(DhcpService::domain).orElse("");
        return new ProposedNetwork(
                "",
                0,
                prefix,
                served.map(DhcpService::gateway).orElseGet(() -> configured(prefix)),
                own.isEmpty() ? domain : own,
                served.map(DhcpService::name).orElse(""),
                assignments.containsKey(prefix),
                "",
                List.of());
    }

    /** The gateway that most guests on a prefix have in their configs; empty when none has one. */
    private String configured(Prefix prefix) {
        return nics.stream()
                .flatMap(nic -> nic.config() instanceof NicConfig.Static it ? Stream.of(it) : Stream.of())
                .filter(fixed -> !fixed.gateway().isEmpty() && prefix.contains(IpAddress.parse(fixed.gateway())))
                .collect(Collectors.groupingBy(NicConfig.Static::gateway, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private Optional<Link> seen(Prefix prefix) {
        Map<Link, Integer> votes = new LinkedHashMap<>();
        nics.stream()
                .filter(nic -> addresses(nic).anyMatch(prefix::contains))
                .forEach(nic -> votes.merge(link(nic), 1, Integer::sum));
        return votes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private Optional<Link> noted(Prefix prefix) {
        int vlan = assignments.getOrDefault(prefix, 0);
        return links().keySet().stream()
                .filter(link -> vlan != 0 && link.vlan() == vlan)
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
