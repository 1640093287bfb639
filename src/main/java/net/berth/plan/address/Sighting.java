package net.berth.plan.address;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import net.berth.model.Guest.LiveAddress;
import net.berth.model.IpAddress;
import net.berth.model.router.Lease;
import net.berth.model.router.Neighbour;
import net.berth.plan.NicCase;

/** Where a NIC is seen: by what the guest says of its interfaces, by its live leases, and in the router's ARP table. */
final class Sighting {
    private Sighting() {}

    /** Whether the NIC is seen on an address, and no other machine is. */
    static boolean at(NicCase c, IpAddress address) {
        boolean seen =
                Stream.of(live(c), leased(c), met(c)).flatMap(each -> each).anyMatch(address::equals);
        return seen && LeaseRule.other(c, address).isEmpty();
    }

    /**
     * The address of its network that the NIC of a running guest uses. A lease from a dynamic range is none: the guest
     * asks for an address, and takes the one it is given.
     */
    static Optional<IpAddress> inUse(NicCase c) {
        if (!c.guest().running() || c.situation().starting()) {
            return Optional.empty();
        }
        Stream<IpAddress> said = live(c).filter(address -> !isFromRange(c, address));
        Stream<IpAddress> onRouter =
                Stream.concat(leased(c), met(c)).filter(address -> !c.router().dynamic(address));
        return Stream.concat(said, onRouter)
                .filter(address -> c.network().prefix().isHost(address))
                .findFirst();
    }

    private static boolean isFromRange(NicCase c, IpAddress address) {
        return c.router().dynamic(address) && leased(c).anyMatch(address::equals);
    }

    private static Stream<IpAddress> live(NicCase c) {
        return c.situation().live().stream()
                .filter(each -> each.mac().equals(c.nic().mac()))
                .map(LiveAddress::address);
    }

    private static Stream<IpAddress> leased(NicCase c) {
        return c.router().leases(c.nic().mac()).stream()
                .filter(lease -> lease.expires().isAfter(c.situation().now()))
                .map(Lease::address);
    }

    /** Those that answered just now come first. */
    private static Stream<IpAddress> met(NicCase c) {
        return c.router().neighbours().stream()
                .filter(each -> each.mac().equals(c.nic().mac()))
                .sorted(Comparator.comparing(Neighbour::proven).reversed())
                .map(Neighbour::address);
    }
}
