package net.berth.engine;

import java.util.List;
import net.berth.plan.GuestPlan;
import net.berth.plan.MassMoveGuard;

/** Remembers the guard against mass moves between plans. */
final class MoveGuard {
    private MassMoveGuard guard;

    MoveGuard(int limit) {
        guard = MassMoveGuard.of(limit);
    }

    /** For the plans of a comparison; only the loop's own comparisons change what is held. */
    synchronized List<GuestPlan> pass(List<GuestPlan> plans, boolean own, boolean complete) {
        MassMoveGuard.Pass pass = guard.pass(plans, complete);
        guard = own ? pass.next() : guard;
        return pass.plans();
    }

    synchronized GuestPlan check(GuestPlan plan, boolean confirmed) {
        MassMoveGuard.Check check = guard.check(plan, confirmed);
        guard = check.next();
        return check.plan();
    }
}
