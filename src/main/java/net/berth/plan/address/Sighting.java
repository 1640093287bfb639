package net.berth.plan.address;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import net.berth.model.Guest.LiveAddress;
import net.berth.model.IpAddress;
import net.berth.model.router.Lease;
import net.berth.model.router.Neighbour;
import net.berth.model.row.RowAttributes;
import net.berth.plan.ConflictCode;
import net.berth.plan.NicCase;

/**
 * Which machine is seen on an address: by what a guest says of its interfaces, by live leases, and in the router's ARP table.
 */
public final class Sighting {
    private Sighting() {}

    /** Whether the NIC is seen on an address, and no other machine is. */
    static boolean at(NicCase c, IpAddress address) {
        boolean seen =
                Stream.of(live(c), leased(c), met(c)).flatMap(each -> each).anyMatch(address::equals);
        return seen && other(c, address).isEmpty();
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
        return c.router().neighbours(c.nic().mac()).stream()
                .sorted(Comparator.comparing(Neighbour::proven).reversed())
                .map(Neighbour::address);
    }

    /** Whether the lease lives and is not this NIC's. */
    static boolean isForeign(NicCase c, Lease lease) {
        return !lease.mac().equals(c.nic().mac())
                && lease.expires().isAfter(c.situation().now());
    }

    /**
     * Another machine on an address.
     *
     * @param words what shows it, such as "02:00:00:00:00:01 answers on it (the router's ARP table)"
     */
    record Other(String words, String fix) {}

    /** The router itself, or another machine that has a live lease on the address, or answers on it. */
    static Optional<Other> other(NicCase c, IpAddress address) {
        return c.router()
                .own(address)
                .map(found -> new Other(
                        "the router itself has it: " + found.line(),
                        "remove that line on the router, or release the address with berth release"))
                .or(() -> leased(c, address))
                .or(() -> neighbour(c, address));
    }

    private static Optional<Other> leased(NicCase c, IpAddress address) {
        return c.router()
                .leases(address)
                .filter(found -> isForeign(c, found))
                .findFirst()
                .map(found -> new Other(
                        found.mac()
                                + (found.clientName().isEmpty() ? "" : " (" + found.clientName() + ")")
                                + " has a live lease on it" + until(found),
                        "take that machine off the address, or wait until its lease ends"));
    }

    /** A machine that chose its address itself has no lease, but is in the router's ARP table. */
    private static Optional<Other> neighbour(NicCase c, IpAddress address) {
        return c.router().neighbours(address).stream()
                .filter(found -> found.proven())
                .filter(found -> !found.mac().equals(c.nic().mac()))
                // The NIC itself under the MAC it had until just now.
                .filter(found -> c.rows()
                        .at(address)
                        .filter(row ->
                                row.avp(RowAttributes.MAC).equals(found.mac().text()))
                        .isEmpty())
                .findFirst()
                .map(found -> new Other(
                        found.mac() + " answers on it (the router's ARP table)",
                        "take that machine off the address; berth leases shows it"));
    }

    /** Adds a conflict if another machine has a live lease on the address, or answers on it; says whether one does. */
    public static boolean reportForeign(NicCase c, IpAddress address, String claim) {
        Optional<Other> other = other(c, address);
        other.ifPresent(
                found -> c.conflict(ConflictCode.ADDRESS_IN_USE, claim + ", but " + found.words(), found.fix()));
        return other.isPresent();
    }

    /** The note for a NIC that still has a lease for another address of its network; empty when it has none. */
    public static String oldLease(NicCase c, IpAddress bound) {
        if (!c.guest().running()) {
            return "";
        }
        return c.router().leases(c.nic().mac()).stream()
                .filter(lease -> !lease.address().equals(bound)
                        && c.network().prefix().contains(lease.address())
                        && lease.expires().isAfter(c.situation().now()))
                .findFirst()
                .map(lease -> "still has an old DHCP lease for " + lease.address() + until(lease)
                        + "; it gets the right address when it renews, at the latest when it restarts")
                .orElse("");
    }

    private static String until(Lease lease) {
        return lease.expires().equals(Instant.MAX) ? "" : " until " + lease.expires();
    }
}
