package net.berth.plan;

import java.util.List;

/** What is to be done for one guest, in the order of the stages. */
public sealed interface Plan permits GuestPlan, Plan.Release {
    /** The changes, sorted by their stages. */
    List<Change> changes();

    /** Whether the rows given were too few to decide; the plan must be made again with all rows. */
    boolean needsAllRows();

    /** The changes of one stage. */
    default List<Change> changes(Change.Stage stage) {
        return changes().stream().filter(change -> change.stage() == stage).toList();
    }

    /** Whether anything is to be done in a stage. */
    default boolean has(Change.Stage stage) {
        return changes().stream().anyMatch(change -> change.stage() == stage);
    }

    /** Whether NIPAP and the router hold all they should, so that a start may continue. */
    default boolean isReady() {
        return !has(Change.Stage.INTENT) && !has(Change.Stage.ROUTER);
    }

    /**
     * How the rows of a guest that is gone, or was released by order, leave NIPAP and the router: quarantine in NIPAP, then
     * the deletions on the router, then the deletion of rows whose quarantine is over and whose entries are off the router.
     */
    record Release(boolean needsAllRows, List<Change> changes) implements Plan {}
}
