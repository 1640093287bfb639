package net.berth.engine.run;

import java.util.List;
import java.util.Optional;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;
import net.berth.plan.GuestPlan;
import net.berth.plan.ReleasePlan;
import org.jspecify.annotations.Nullable;

/** A plan: of a guest that is there, with how it stands, or of one that is gone or released, with its changes only. */
public final class Planned {
    private final @Nullable GuestPlan guest;
    private final List<Change> changes;

    private final boolean needsAllRows;

    private Planned(@Nullable GuestPlan guest, List<Change> changes, boolean needsAllRows) {
        this.guest = guest;
        this.needsAllRows = needsAllRows;
        this.changes = List.copyOf(changes);
    }

    public static Planned of(GuestPlan plan) {
        return new Planned(plan, plan.changes(), plan.needsAllRows());
    }

    static Planned release(ReleasePlan plan) {
        return new Planned(null, plan.changes(), plan.needsAllRows());
    }

    /** The plan of a guest that is there. */
    Optional<GuestPlan> guest() {
        return Optional.ofNullable(guest);
    }

    public List<Change> changes(Stage stage) {
        return changes.stream().filter(change -> change.stage() == stage).toList();
    }

    public boolean has(Stage stage) {
        return changes.stream().anyMatch(change -> change.stage() == stage);
    }

    /** Whether NIPAP and the router hold all they should. */
    public boolean isReady() {
        return !has(Stage.INTENT) && !has(Stage.ROUTER);
    }

    public boolean needsAllRows() {
        return needsAllRows;
    }
}
