package net.berth.plan;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.berth.model.GuestId;

/**
 * How the rows of a guest that is gone, or was released by order, leave NIPAP and the router.
 *
 * @param guest the guest
 * @param needsAllRows whether the rows given were too few to decide; the plan must be made again with all rows
 * @param changes quarantine in NIPAP, then the deletions on the router, then the deletion of rows whose quarantine is over
 *     and whose entries are off the router; in this order
 * @param due when the earliest quarantine that this plan does not end is over; {@link Instant#MAX} when there is none
 */
public record ReleasePlan(GuestId guest, boolean needsAllRows, List<Change> changes, Instant due) {

    /** Copies the list. */
    public ReleasePlan {
        changes = List.copyOf(changes);
    }

    /** The changes of one stage. */
    public List<Change> changes(Change.Stage stage) {
        return changes.stream().filter(change -> change.stage() == stage).toList();
    }

    /** When the earliest quarantine that this plan does not end is over; empty when there is none. */
    public Optional<Instant> dueAt() {
        return due.equals(Instant.MAX) ? Optional.empty() : Optional.of(due);
    }

    /** Whether the guest has an address that it would lose by this plan. */
    public boolean losesAddress() {
        return changes.stream().anyMatch(Change::quarantines);
    }

    /** This plan without any change. */
    ReleasePlan held() {
        return new ReleasePlan(guest, needsAllRows, List.of(), due);
    }
}
