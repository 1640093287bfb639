package net.berth.plan;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.berth.model.AddressRange;
import net.berth.model.DhcpSubnet;
import net.berth.model.HostRow;
import net.berth.model.IpAddress;
import net.berth.model.Lease;
import net.berth.model.Mapping;
import net.berth.model.Neighbour;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;

/** Finds the next address for a NIC. Every receiver computes the same one from the same view. */
final class FreeAddress {
    private FreeAddress() {}

    static Optional<IpAddress> lowest(NicCase c) {
        Set<IpAddress> used = used(c);
        IpAddress last = c.network().prefix().last();
        IpAddress next = c.network().prefix().network();
        while (true) {
            IpAddress candidate = next;
            Optional<AddressRange> shut =
                    shut(c).filter(range -> range.contains(candidate)).findFirst();
            if (shut.isEmpty()
                    && !used.contains(next)
                    && !c.rows().isGiven(next)
                    && !c.situation().fixedElsewhere(next)
                    && mayGive(c.network(), next)) {
                return Optional.of(next);
            }
            // A whole range is stepped over at once: a /16 may be excluded but for its end.
            IpAddress end = shut.map(AddressRange::last).orElse(next);
            if (end.compareTo(last) >= 0) {
                return Optional.empty();
            }
            next = end.plus(1);
        }
    }

    /** Why an address cannot be given to the NIC, in words; empty when it is free. */
    static Optional<String> obstacle(NicCase c, IpAddress address) {
        Optional<HostRow> row = c.rows().at(address);
        if (row.isPresent()) {
            return Optional.of("NIPAP has a row for it: " + owner(row.get()));
        }
        if (!mayGive(c.network(), address)) {
            return Optional.of("it is the gateway, a nameserver, or no host address of "
                    + c.network().prefix());
        }
        if (shut(c).anyMatch(range -> range.contains(address))) {
            return Optional.of("it lies in exclude: or in a dynamic range of the router");
        }
        if (c.situation().fixedElsewhere(address)) {
            return Optional.of("it stands in another guest's config");
        }
        return used(c).contains(address)
                ? Optional.of("the router has a mapping, a name or a live lease of another machine for it")
                : Optional.empty();
    }

    private static String owner(HostRow row) {
        String words = row.nic().map(NicId::toString).orElse("node \"" + row.node() + "\", not Berth's");
        return row.quarantined() ? words + ", destroyed; its address rests" : words;
    }

    /** What the settings exclude and what the router gives out by itself. */
    private static Stream<AddressRange> shut(NicCase c) {
        return Stream.concat(
                c.network().exclude().stream(),
                c.router().subnets().stream().map(DhcpSubnet::ranges).flatMap(ranges -> ranges.stream()));
    }

    private static Set<IpAddress> used(NicCase c) {
        Set<IpAddress> used = new HashSet<>();
        c.rows().all().map(HostRow::address).forEach(used::add);
        c.router().mappings().stream()
                .filter(mapping -> !mapping.maps(c.nic().mac()))
                .map(Mapping::address)
                .flatMap(Optional::stream)
                .forEach(used::add);
        c.router().records().stream()
                .flatMap(record -> record.addresses().stream())
                .filter(IpAddress::isAddress)
                .map(IpAddress::parse)
                .forEach(used::add);
        c.router().leases().stream()
                .filter(lease -> LeaseRule.isForeign(c, lease))
                .map(Lease::address)
                .forEach(used::add);
        // Met long ago is reason enough to take another address: it costs nothing.
        c.router().neighbours().stream()
                .filter(neighbour -> !neighbour.mac().equals(c.nic().mac()))
                .map(Neighbour::address)
                .forEach(used::add);
        c.guest().nics().stream()
                .map(Nic::config)
                .filter(NicConfig.Static.class::isInstance)
                .map(config -> ((NicConfig.Static) config).address().address())
                .forEach(used::add);
        return used;
    }

    private static boolean mayGive(Network network, IpAddress address) {
        return network.prefix().isHost(address)
                && !address.equals(network.gateway())
                && !network.nameservers().contains(address);
    }
}
