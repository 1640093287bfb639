package net.berth.plan;

import java.util.Optional;
import net.berth.model.IpAddress;
import net.berth.model.Lease;

/** Minds the fact on the wire: a live lease shows that another machine uses an address. */
final class LeaseRule {
    private LeaseRule() {}

    /** Whether the lease lives and is not this NIC's. */
    static boolean isForeign(NicCase c, Lease lease) {
        return !lease.mac().equals(c.nic().mac())
                && lease.expires().isAfter(c.situation().now());
    }

    /** Tells the conflict when another machine has a live lease on the address. */
    static boolean tellForeign(NicCase c, IpAddress address, String claim) {
        Optional<Lease> lease =
                c.router().leases(address).filter(found -> isForeign(c, found)).findFirst();
        lease.ifPresent(found -> c.conflict(
                ConflictCode.ADDRESS_IN_USE,
                claim + ", but " + found.mac()
                        + (found.clientName().isEmpty() ? "" : " (" + found.clientName() + ")")
                        + " has a live lease on it until " + found.expires(),
                "take that machine off the address, or wait until its lease ends"));
        return lease.isPresent();
    }
}
