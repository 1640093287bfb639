package net.berth.plan.address;

import java.time.Instant;
import java.util.Optional;
import net.berth.model.IpAddress;
import net.berth.model.router.ConfigAddress;
import net.berth.model.router.Lease;
import net.berth.model.router.Neighbour;
import net.berth.model.row.RowAttributes;
import net.berth.plan.ConflictCode;
import net.berth.plan.NicCase;

/** Finds other machines on an address: by their live leases, and by the router's ARP table. */
public final class LeaseRule {
    private LeaseRule() {}

    /** Whether the lease lives and is not this NIC's. */
    static boolean isForeign(NicCase c, Lease lease) {
        return !lease.mac().equals(c.nic().mac())
                && lease.expires().isAfter(c.situation().now());
    }

    /** Adds a conflict if the router, or another machine by lease or answer, has the address; says whether one does. */
    public static boolean reportForeign(NicCase c, IpAddress address, String claim) {
        Optional<ConfigAddress> own = c.router().own(address);
        if (own.isPresent()) {
            c.conflict(
                    ConflictCode.ADDRESS_IN_USE,
                    claim + ", but the router itself has it: " + own.get().line(),
                    "remove that line on the router, or release the address with berth release");
            return true;
        }
        Optional<Lease> lease =
                c.router().leases(address).filter(found -> isForeign(c, found)).findFirst();
        lease.ifPresent(found -> c.conflict(
                ConflictCode.ADDRESS_IN_USE,
                claim + ", but " + found.mac()
                        + (found.clientName().isEmpty() ? "" : " (" + found.clientName() + ")")
                        + " has a live lease on it" + until(found),
                "take that machine off the address, or wait until its lease ends"));
        return lease.isPresent() || reportNeighbour(c, address, claim);
    }

    /** A machine that chose its address itself has no lease, but is in the router's ARP table. */
    private static boolean reportNeighbour(NicCase c, IpAddress address, String claim) {
        Optional<Neighbour> neighbour = c.router().neighbours(address).stream()
                .filter(found -> found.proven())
                .filter(found -> !found.mac().equals(c.nic().mac()))
                // The NIC itself under the MAC it had until just now.
                .filter(found -> c.rows()
                        .at(address)
                        .filter(row ->
                                row.avp(RowAttributes.MAC).equals(found.mac().text()))
                        .isEmpty())
                .findFirst();
        neighbour.ifPresent(found -> c.conflict(
                ConflictCode.ADDRESS_IN_USE,
                claim + ", but " + found.mac() + " answers on it (the router's ARP table)",
                "take that machine off the address; berth leases shows it"));
        return neighbour.isPresent();
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
