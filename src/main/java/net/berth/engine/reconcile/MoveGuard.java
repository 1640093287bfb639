package net.berth.engine.reconcile;

import java.util.List;
import net.berth.plan.GuestPlan;
import net.berth.plan.MassMoveGuard;

/** Keeps the guard against mass moves from one plan to the next. */
final class MoveGuard {
    private MassMoveGuard guard;

    MoveGuard(int limit) {
        guard = MassMoveGuard.of(limit);
    }

    /**
     * The plans of a full pass as they may be carried out.
     *
     * @param complete whether every guest could be read
     */
    synchronized List<GuestPlan> pass(List<GuestPlan> plans, boolean complete) {
        MassMoveGuard.Pass pass = guard.pass(plans, complete);
        guard = pass.next();
        return pass.plans();
    }

    /** The plans of a comparison that only shows what would be done: what is held does not change. */
    synchronized List<GuestPlan> shown(List<GuestPlan> plans, boolean complete) {
        return guard.pass(plans, complete).plans();
    }

    synchronized GuestPlan check(GuestPlan plan, boolean confirmed) {
        MassMoveGuard.Check check = guard.check(plan, confirmed);
        guard = check.next();
        return check.plan();
    }
}
