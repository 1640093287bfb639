package net.berth.nipap;

import java.util.Objects;
import net.berth.engine.port.Ipam.Claim;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;
import net.berth.model.row.NewRow;
import net.berth.nipap.xmlrpc.FaultKind;
import net.berth.nipap.xmlrpc.NipapException;
import org.jspecify.annotations.Nullable;

/** One claim of a batch: what was sent for it, what the last look showed, and its outcome. Used by one thread. */
final class OpenClaim {
    private final NewRow wanted;
    private boolean toBeAdded = true;
    private boolean refusedAsDuplicate;
    private boolean mayBeDone;
    private @Nullable Claim outcome;

    OpenClaim(NewRow wanted) {
        this.wanted = wanted;
    }

    NewRow wanted() {
        return wanted;
    }

    NicId nic() {
        return wanted.nic();
    }

    boolean isOpen() {
        return outcome == null;
    }

    Claim outcome() {
        return Objects.requireNonNull(outcome);
    }

    /** Whether its row is to be added: no look has shown a row of its NIC since the last one that showed none. */
    boolean isToBeAdded() {
        return toBeAdded;
    }

    /**
     * Sends the add. A duplicate is no failure: the address has a row, which may be ours after all when nipapd ran the
     * statement twice or another receiver was quicker. The next look decides.
     */
    void adding(Runnable add) {
        toBeAdded = false;
        try {
            add.run();
            mayBeDone = true;
        } catch (NipapException e) {
            refusedAsDuplicate = e.is(FaultKind.DUPLICATE);
            mayBeDone |= e.mayHaveHappened() && !refusedAsDuplicate;
            if (!refusedAsDuplicate) {
                throw e;
            }
        }
    }

    /** A look showed no row of the NIC. */
    void foundNone() {
        if (refusedAsDuplicate) {
            outcome = new Claim.Taken(wanted.address());
        }
        toBeAdded = true;
    }

    void settled(AddressRow row) {
        boolean made = mayBeDone && row.address().equals(wanted.address());
        outcome = made ? new Claim.Made(row) : new Claim.Had(row);
    }

    void failed(NipapException failure) {
        outcome = new Claim.Failed(failure.asPeerException());
    }
}
