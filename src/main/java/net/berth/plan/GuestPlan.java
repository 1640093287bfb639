package net.berth.plan;

import java.util.ArrayList;
import java.util.List;
import net.berth.model.Guest;
import net.berth.plan.view.GuestState;
import net.berth.plan.view.NicView;

/**
 * What is to be done for one guest, and how it compares now.
 *
 * @param managed whether Berth manages it
 * @param needsAllRows whether the rows given were too few to decide; the plan must be made again with all of them
 * @param changes in the order in which they are applied
 * @param conflicts what a human must decide
 * @param nics one view per NIC
 */
public record GuestPlan(
        Guest guest,
        boolean managed,
        boolean needsAllRows,
        List<Change> changes,
        List<Conflict> conflicts,
        List<NicView> nics)
        implements Plan {

    /** Copies the lists. */
    public GuestPlan {
        changes = List.copyOf(changes);
        conflicts = List.copyOf(conflicts);
        nics = List.copyOf(nics);
    }

    /** This plan with one more conflict. */
    public GuestPlan and(Conflict more) {
        List<Conflict> all = new ArrayList<>(conflicts);
        all.add(more);
        return new GuestPlan(guest, managed, needsAllRows, changes, all, nics);
    }

    /** This plan with these changes instead of its own. */
    public GuestPlan withChanges(List<Change> others) {
        return new GuestPlan(guest, managed, needsAllRows, others, conflicts, nics);
    }

    /** This plan with these views of its NICs. */
    public GuestPlan withNics(List<NicView> others) {
        return new GuestPlan(guest, managed, needsAllRows, changes, conflicts, others);
    }

    /** Whether a NIC would lose the address that it has. */
    public boolean losesAddress() {
        return changes.stream().anyMatch(Change::quarantines);
    }

    /** The state of the guest as a whole. */
    public GuestState state() {
        if (!managed) {
            return GuestState.UNMANAGED;
        }
        if (!conflicts.isEmpty()) {
            return GuestState.CONFLICT;
        }
        // What is only noted in NIPAP (running or stopped) does not make a guest unsettled.
        boolean open = changes.stream().anyMatch(change -> change.stage() != Change.Stage.NOTE);
        return open ? GuestState.PENDING : GuestState.SETTLED;
    }
}
