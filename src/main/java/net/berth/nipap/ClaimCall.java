package net.berth.nipap;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.berth.engine.port.Ipam.Claim;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;
import net.berth.model.row.NewRow;
import net.berth.nipap.xmlrpc.FaultKind;
import net.berth.nipap.xmlrpc.NipapException;
import net.berth.nipap.xmlrpc.NipapException.Fault;
import net.berth.nipap.xmlrpc.NipapException.Unanswered;
import net.berth.nipap.xmlrpc.NipapException.Unanswered.How;
import org.jspecify.annotations.Nullable;

/**
 * Claims of addresses for NICs, many at once: all rows are added, one look shows the rows of all these NICs, and then
 * each row is confirmed. NIPAP finds and inserts in two steps and knows no unique key but (VRF, prefix); so exactly one
 * address is asked for per NIC, and that index decides between contenders for it.
 *
 * <p>That one NIC gets one row although contenders may ask for different addresses takes two steps: the row is added with
 * the tag {@link AddressRow#CLAIMING}, then all rows of the NIC are listed, and only a row that is alone in that list has its
 * tag removed. Of several rows the one with the lowest id stays, unless another is confirmed already. Ids cannot decide
 * alone, since NIPAP's database gives them out before a row can be seen. Two rows are never both confirmed: each was
 * listed alone after it was there, so each would have been there before the other. The proof needs only the look after
 * the add; so the first attempt adds without a look before it, and a NIC that has a row after all loses the new one.
 *
 * <p>Each receiver that lists may take the next step for any row; so a receiver that dies in between blocks no other, and
 * a lost answer is met by looking before anything is sent again.
 */
final class ClaimCall {
    /** Each look but the last removes another contender's row or loses to one; there are few receivers. */
    private static final int LOOKS = 20;

    private final RowQueries rows;
    private final RowWrites writes;
    private final Attempts attempts;
    private final List<OpenClaim> claims;
    private boolean isAgain;

    ClaimCall(RowQueries rows, RowWrites writes, Attempts attempts, List<NewRow> wanted) {
        this.rows = rows;
        this.writes = writes;
        this.attempts = attempts;
        this.claims = wanted.stream().map(OpenClaim::new).toList();
    }

    /** One attempt for all claims that have no outcome yet; to be made again after a failure that passes. */
    List<Claim> attempt() {
        boolean look = isAgain;
        isAgain = true;
        for (int round = 0; round < LOOKS && !open().isEmpty(); round++) {
            if (!look) {
                open().stream().filter(claim -> claim.toBeAdded).forEach(claim -> decideBy(claim, () -> add(claim)));
            }
            look = false;
            settle(open());
        }
        if (!open().isEmpty()) {
            throw new Unanswered(
                    "rows of " + open().getFirst().wanted.nic() + " in NIPAP changed with each of " + LOOKS + " looks",
                    How.NOT_SENT,
                    null);
        }
        return outcomes();
    }

    private List<OpenClaim> open() {
        return claims.stream().filter(claim -> claim.outcome == null).toList();
    }

    private List<Claim> outcomes() {
        return claims.stream()
                .map(claim -> Objects.requireNonNull(claim.outcome))
                .toList();
    }

    /** The outcomes after a failure that ended the attempts, which fails the claims without one; thrown if all are. */
    List<Claim> outcomes(NipapException failure) {
        if (open().size() == claims.size()) {
            throw failure;
        }
        open().forEach(claim -> claim.failed(failure));
        return outcomes();
    }

    /** What NIPAP has against one row is the failure of its claim only. */
    private static void decideBy(OpenClaim claim, Runnable step) {
        try {
            step.run();
        } catch (NipapException failure) {
            boolean isAboutOneRow =
                    failure instanceof Fault fault && fault.kind().isAboutOneRow();
            if (failure.retryable() || !isAboutOneRow) {
                throw failure;
            }
            claim.failed(failure);
        }
    }

    private void add(OpenClaim claim) {
        Map<String, @Nullable Object> attributes = RowMapping.attributes(claim.wanted, writes.vrf());
        claim.adding(() -> alone(claim, () -> {
            writes.add(AddressRow.SOURCE, attributes);
            return claim;
        }));
    }

    private <T> T alone(OpenClaim claim, Supplier<T> call) {
        return attempts.alone("claim of " + claim.wanted.address() + " for " + claim.wanted.nic(), call);
    }

    private void settle(List<OpenClaim> open) {
        if (open.isEmpty()) {
            return;
        }
        Map<NicId, List<AddressRow>> found =
                rows.of(open.stream().map(claim -> claim.wanted.nic()).collect(Collectors.toSet()));
        for (OpenClaim claim : open) {
            List<AddressRow> own = found.getOrDefault(claim.wanted.nic(), List.of());
            if (own.isEmpty()) {
                claim.foundNone();
            } else {
                decideBy(claim, () -> step(claim, own).ifPresent(claim::settled));
            }
        }
    }

    /** One step towards one row that stays; empty when it takes another look. */
    private Optional<AddressRow> step(OpenClaim claim, List<AddressRow> found) {
        AddressRow kept =
                found.stream().filter(row -> !row.claiming()).findFirst().orElseGet(found::getFirst);
        for (AddressRow other : found) {
            // A row that bound the NIC already may be on the router and in the guest: the plan quarantines it.
            if (other.id() != kept.id() && other.claiming()) {
                alone(claim, () -> writes.remove(other));
            }
        }
        if (!kept.claiming()) {
            return Optional.of(kept);
        }
        return found.size() == 1 ? alone(claim, () -> writes.confirm(kept)) : Optional.empty();
    }

    /** One claim of a batch: what was sent for it, what the last look showed, and its outcome. */
    private static final class OpenClaim {
        private final NewRow wanted;
        /** Whether its row is to be added: no look has shown a row of its NIC since the last one that showed none. */
        private boolean toBeAdded = true;

        private boolean refusedAsDuplicate;
        private boolean mayBeDone;
        private @Nullable Claim outcome;

        OpenClaim(NewRow wanted) {
            this.wanted = wanted;
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
}
