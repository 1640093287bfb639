package net.berth.plan;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import net.berth.model.AddressRange;
import net.berth.model.HostRow;
import net.berth.model.IpAddress;
import net.berth.model.Lease;
import net.berth.model.Mapping;
import net.berth.model.Network;

/** Finds the next address for a NIC. Every receiver computes the same one from the same view. */
final class FreeAddress {
    private FreeAddress() {}

    static Optional<IpAddress> lowest(NicCase c) {
        Network network = c.network();
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
                .filter(lease -> isForeign(lease, c))
                .map(Lease::address)
                .forEach(used::add);
        IpAddress last = network.prefix().last();
        IpAddress next = network.prefix().network();
        while (true) {
            if (!used.contains(next) && mayGive(c, next)) {
                return Optional.of(next);
            }
            if (next.equals(last)) {
                return Optional.empty();
            }
            next = beyondRange(c, next).plus(1);
            if (next.compareTo(last) > 0) {
                return Optional.empty();
            }
        }
    }

    /** A whole excluded range is stepped over at once: a /16 may be excluded but for its end. */
    private static IpAddress beyondRange(NicCase c, IpAddress address) {
        return c.network().exclude().stream()
                .filter(range -> range.contains(address))
                .map(AddressRange::last)
                .filter(c.network().prefix()::contains)
                .findFirst()
                .orElse(address);
    }

    private static boolean mayGive(NicCase c, IpAddress address) {
        Network network = c.network();
        return network.prefix().isHost(address)
                && !address.equals(network.gateway())
                && !network.nameservers().contains(address)
                && network.exclude().stream().noneMatch(range -> range.contains(address))
                && !c.router().dynamic(address);
    }

    static boolean isForeign(Lease lease, NicCase c) {
        return !lease.mac().equals(c.nic().mac())
                && lease.expires().isAfter(c.situation().now());
    }
}
