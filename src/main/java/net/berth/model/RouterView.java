package net.berth.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the router's active config and its lease table held when they were read: everything, not only what is Berth's.
 *
 * @param subnets the subnets it serves
 * @param mappings all static mappings of all networks
 * @param records all DNS names from its config, but not those that mappings make by themselves
 * @param leases its live leases
 * @param neighbours machines that it has met on the wire
 */
public record RouterView(
        List<DhcpSubnet> subnets,
        List<Mapping> mappings,
        List<DnsRecord> records,
        List<Lease> leases,
        List<Neighbour> neighbours) {

    /** Copies the lists. */
    public RouterView {
        subnets = List.copyOf(subnets);
        mappings = List.copyOf(mappings);
        records = List.copyOf(records);
        leases = List.copyOf(leases);
        neighbours = List.copyOf(neighbours);
    }

    /** Without neighbours. */
    public RouterView(List<DhcpSubnet> subnets, List<Mapping> mappings, List<DnsRecord> records, List<Lease> leases) {
        this(subnets, mappings, records, leases, List.of());
    }

    /** The subnet that serves a network; empty when the router has no such shared-network or subnet. */
    public Optional<DhcpSubnet> subnet(Network network) {
        return subnets.stream()
                .filter(subnet -> subnet.sharedNetwork().equals(network.dhcp())
                        && subnet.prefix().equals(network.prefix()))
                .findFirst();
    }

    /** The mappings for an address. */
    public List<Mapping> mappings(IpAddress address) {
        return mappings.stream().filter(mapping -> mapping.maps(address)).toList();
    }

    /** The mappings for a MAC. */
    public List<Mapping> mappings(MacAddress mac) {
        return mappings.stream().filter(mapping -> mapping.maps(mac)).toList();
    }

    /** The records that answer to a name, by name or alias. */
    public List<DnsRecord> records(String name) {
        return records.stream().filter(record -> record.answersTo(name)).toList();
    }

    /** Whether a dynamic range of any subnet holds the address. */
    public boolean dynamic(IpAddress address) {
        return subnets.stream().flatMap(subnet -> subnet.ranges().stream()).anyMatch(range -> range.contains(address));
    }

    /** Live leases of an address. */
    public Stream<Lease> leases(IpAddress address) {
        return leases.stream().filter(lease -> lease.address().equals(address));
    }
}
