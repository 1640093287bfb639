package net.berth.plan;

import java.util.ArrayList;
import java.util.List;
import net.berth.model.Guest;
import net.berth.plan.view.GuestState;
import net.berth.plan.view.NicView;

/**
 * What is to be done for one guest, and how it stands.
 *
 * @param guest the guest as it was read
 * @param managed whether Berth looks after it
 * @param needsAllRows whether the rows given were too few to decide; the plan must be made anew with all of them
 * @param changes in the order in which they are applied
 * @param conflicts what a person must decide
 * @param nics one view per NIC
 */
public record GuestPlan(
        Guest guest,
        boolean managed,
        boolean needsAllRows,
        List<Change> changes,
        List<Conflict> conflicts,
        List<NicView> nics) {

    /** Copies the lists. */
    public GuestPlan {
        changes = List.copyOf(changes);
        conflicts = List.copyOf(conflicts);
        nics = List.copyOf(nics);
    }

    /** The same with more to do, where it does not stand there already. */
    public GuestPlan and(List<Change> more) {
        List<Change> all = new ArrayList<>(changes);
        more.stream().filter(change -> !names(change)).forEach(all::add);
        all.sort((a, b) -> a.stage().compareTo(b.stage()));
        return new GuestPlan(guest, managed, needsAllRows, all, conflicts, nics);
    }

    private boolean names(Change change) {
        return change instanceof Change.OnRouter wanted
                && changes.stream()
                        .anyMatch(known -> known instanceof Change.OnRouter other
                                && other.change().equals(wanted.change()));
    }

    /** The changes of one stage. */
    public List<Change> changes(Change.Stage stage) {
        return changes.stream().filter(change -> change.stage() == stage).toList();
    }

    /** Whether NIPAP and the router hold all they should, so that a start may go on. */
    public boolean readyToStart() {
        return changes(Change.Stage.INTENT).isEmpty()
                && changes(Change.Stage.ROUTER).isEmpty();
    }

    /** Whether the guest's config would bring up another guest's address. */
    public boolean duplicatesAddress() {
        return conflicts.stream().anyMatch(conflict -> conflict.code() == ConflictCode.ADDRESS_TAKEN);
    }

    /** How the guest stands. */
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
