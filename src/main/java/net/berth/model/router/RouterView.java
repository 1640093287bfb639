package net.berth.model.router;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import net.berth.model.AddressRange;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.Prefix;
import org.jspecify.annotations.Nullable;

/** All that the router's config and its lease table held when they were read, indexed by what plans ask for. */
public final class RouterView {
    private static final int ADDRESSES_OF_A_MACHINE = 8;

    private final List<DhcpSubnet> subnets;
    private final List<Mapping> mappings;
    private final List<DnsRecord> records;
    private final List<ConfigAddress> addresses;
    private final List<ConfigHost> hosts;
    private final List<Lease> leases;
    private final List<Neighbour> neighbours;
    private final List<AddressRange> pools;
    private final Outage outage;
    private volatile @Nullable Index index;

    /**
     * Copies the lists.
     *
     * @param mappings all static mappings of all networks
     * @param records all DNS names from its config, but not those that mappings make by themselves
     * @param addresses the addresses in its config beside those
     * @param hosts the machines in its config beside those
     * @param neighbours machines that it has met on the wire
     * @param pools the ranges from which it gives addresses to others than DHCP clients of these subnets, such as a VPN's
     * @param outage which of its services do not answer
     */
    public RouterView(
            List<DhcpSubnet> subnets,
            List<Mapping> mappings,
            List<DnsRecord> records,
            List<ConfigAddress> addresses,
            List<ConfigHost> hosts,
            List<Lease> leases,
            List<Neighbour> neighbours,
            List<AddressRange> pools,
            Outage outage) {
        this.subnets = List.copyOf(subnets);
        this.mappings = List.copyOf(mappings);
        this.records = List.copyOf(records);
        this.addresses = List.copyOf(addresses);
        this.hosts = List.copyOf(hosts);
        this.leases = List.copyOf(leases);
        this.neighbours = List.copyOf(neighbours);
        this.pools = List.copyOf(pools);
        this.outage = outage;
    }

    /** Without further ranges, and with services that answer. */
    public RouterView(
            List<DhcpSubnet> subnets,
            List<Mapping> mappings,
            List<DnsRecord> records,
            List<ConfigAddress> addresses,
            List<ConfigHost> hosts,
            List<Lease> leases,
            List<Neighbour> neighbours) {
        this(subnets, mappings, records, addresses, hosts, leases, neighbours, List.of(), Outage.NONE);
    }

    /** Without further addresses and machines, and without neighbours. */
    public RouterView(List<DhcpSubnet> subnets, List<Mapping> mappings, List<DnsRecord> records, List<Lease> leases) {
        this(subnets, mappings, records, List.of(), List.of(), leases, List.of());
    }

    private Index index() {
        Index known = index;
        if (known == null) {
            // Two threads may make it twice; the results are equal.
            known = Index.of(this);
            index = known;
        }
        return known;
    }

    /** The entries by what is asked of them; in each place in their own order. */
    private record Index(
            Map<IpAddress, List<Mapping>> mappings,
            Map<MacAddress, List<Mapping>> mappingsOfMacs,
            Map<String, List<Mapping>> mappingsOfNames,
            Map<String, List<DnsRecord>> records,
            Map<IpAddress, List<DnsRecord>> recordsOfAddresses,
            Map<IpAddress, List<ConfigAddress>> addresses,
            Map<IpAddress, List<ConfigHost>> hosts,
            Map<MacAddress, List<ConfigHost>> hostsOfMacs,
            Map<String, List<ConfigHost>> hostsOfNames,
            Map<IpAddress, List<Lease>> leases,
            Map<MacAddress, List<Lease>> leasesOfMacs,
            Map<String, List<Lease>> leasesOfNames,
            Map<IpAddress, List<Neighbour>> neighbours,
            Map<MacAddress, List<Neighbour>> neighboursOfMacs) {
        static Index of(RouterView view) {
            return new Index(
                    by(view.mappings, mapping -> mapping.address().stream()),
                    by(view.mappings, mapping -> mapping.mac().stream()),
                    by(view.mappings, mapping -> Stream.of(mapping.name().toLowerCase(Locale.ROOT))),
                    by(view.records, record -> Stream.concat(Stream.of(record.name()), record.aliases().stream())
                            .map(DnsRecord::plain)),
                    by(view.records, DnsRecord::ipv4),
                    by(view.addresses, found -> Stream.of(found.address())),
                    by(view.hosts, host -> host.addresses().stream()),
                    by(view.hosts, host -> host.macs().stream()),
                    by(
                            view.hosts,
                            host -> Stream.concat(
                                    host.names().stream(),
                                    host.labels().stream().map(Index::label))),
                    by(view.leases, lease -> Stream.of(lease.address())),
                    by(view.leases, lease -> Stream.of(lease.mac())),
                    by(view.leases, lease -> Stream.of(DnsRecord.plain(lease.clientName()))),
                    by(view.neighbours, neighbour -> Stream.of(neighbour.address())),
                    by(view.neighbours, neighbour -> Stream.of(neighbour.mac())));
        }

        /** A label that gets a domain, which is another key than a name without one. */
        static String label(String label) {
            return label.toLowerCase(Locale.ROOT) + ".";
        }

        private static <K, V> Map<K, List<V>> by(List<V> entries, Function<V, Stream<K>> keys) {
            Map<K, List<V>> map = new HashMap<>();
            for (V entry : entries) {
                keys.apply(entry).distinct().forEach(key -> map.computeIfAbsent(key, first -> new ArrayList<>())
                        .add(entry));
            }
            map.replaceAll((key, found) -> List.copyOf(found));
            return map;
        }
    }

    /** The subnets it serves. */
    public List<DhcpSubnet> subnets() {
        return subnets;
    }

    public List<Mapping> mappings() {
        return mappings;
    }

    public List<DnsRecord> records() {
        return records;
    }

    public List<ConfigAddress> addresses() {
        return addresses;
    }

    public List<Lease> leases() {
        return leases;
    }

    public List<Neighbour> neighbours() {
        return neighbours;
    }

    /** The subnet that serves a network; empty when the router has no such shared-network or subnet. */
    public Optional<DhcpSubnet> subnet(Network network) {
        return subnets.stream()
                .filter(subnet -> subnet.sharedNetwork().equals(network.dhcp())
                        && subnet.prefix().equals(network.prefix()))
                .findFirst();
    }

    public List<Mapping> mappings(IpAddress address) {
        return index().mappings().getOrDefault(address, List.of());
    }

    /** The mappings for a MAC. */
    public List<Mapping> mappings(MacAddress mac) {
        return index().mappingsOfMacs().getOrDefault(mac, List.of());
    }

    /** The mappings of a name, whatever the case. */
    public List<Mapping> mappingsNamed(String name) {
        return index().mappingsOfNames().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** The records that answer to a name, by name or alias. */
    public List<DnsRecord> records(String name) {
        return index().records().getOrDefault(DnsRecord.plain(name), List.of());
    }

    /** The records that lead to an address. */
    public List<DnsRecord> records(IpAddress address) {
        return index().recordsOfAddresses().getOrDefault(address, List.of());
    }

    /** Where its config has an address, but for mappings and DNS names. */
    public List<ConfigAddress> addresses(IpAddress address) {
        return index().addresses().getOrDefault(address, List.of());
    }

    /** Where its config gives the address to the router itself. */
    public Optional<ConfigAddress> own(IpAddress address) {
        return addresses(address).stream()
                .filter(found -> found.use() == ConfigAddress.Use.ROUTER)
                .findFirst();
    }

    /** The lines that give an address to a MAC, with this address. */
    public Stream<ConfigHost> binding(IpAddress address) {
        return index().hosts().getOrDefault(address, List.of()).stream().filter(ConfigHost::binds);
    }

    /** The lines that say what this MAC gets by DHCP. */
    public Stream<ConfigHost> binding(MacAddress mac) {
        return index().hostsOfMacs().getOrDefault(mac, List.of()).stream().filter(ConfigHost::binds);
    }

    /** The lines that answer a name, whatever the case. */
    public List<ConfigHost> hosts(String name) {
        return index().hostsOfNames().getOrDefault(DnsRecord.plain(name), List.of());
    }

    /** The lines by which a label is a machine's in the domain of each network. */
    public List<ConfigHost> hostsLabelled(String label) {
        return index().hostsOfNames().getOrDefault(Index.label(label), List.of());
    }

    /** Which of its services do not answer. */
    public Outage outage() {
        return outage;
    }

    /** The ranges whose addresses it gives out by itself. */
    public Stream<AddressRange> ranges() {
        return Stream.concat(subnets.stream().flatMap(subnet -> subnet.ranges().stream()), pools.stream());
    }

    /** Whether it gives the address out by itself. */
    public boolean dynamic(IpAddress address) {
        return ranges().anyMatch(range -> range.contains(address));
    }

    /** Live leases of an address. */
    public Stream<Lease> leases(IpAddress address) {
        return index().leases().getOrDefault(address, List.of()).stream();
    }

    public List<Lease> leases(MacAddress mac) {
        return index().leasesOfMacs().getOrDefault(mac, List.of());
    }

    /** Live leases of clients that call themselves so, whatever the case. */
    public List<Lease> leases(String clientName) {
        return index().leasesOfNames().getOrDefault(DnsRecord.plain(clientName), List.of());
    }

    public List<Neighbour> neighbours(IpAddress address) {
        return index().neighbours().getOrDefault(address, List.of());
    }

    /** Machines that it has met on an address. */
    public List<Neighbour> neighbours(MacAddress mac) {
        return index().neighboursOfMacs().getOrDefault(mac, List.of());
    }

    /**
     * Whether a machine that it has met shows that the address is in use: it answered just now, and its MAC does not answer
     * for a large part of the network, as a proxy for others and an attacker do.
     */
    public boolean occupies(Neighbour met, Prefix network) {
        long others = neighbours(met.mac()).stream()
                .filter(each -> network.contains(each.address()))
                .count();
        return met.proven() && others <= ADDRESSES_OF_A_MACHINE;
    }

    private List<Object> parts() {
        return List.of(subnets, mappings, records, addresses, hosts, leases, neighbours, pools, outage);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RouterView view && parts().equals(view.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    @Override
    public String toString() {
        return "RouterView" + parts();
    }
}
