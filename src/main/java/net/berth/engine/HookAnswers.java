package net.berth.engine;

import net.berth.engine.reconcile.GuestRuns.Settled;
import net.berth.engine.report.GuestReport;
import net.berth.model.Policy;
import net.berth.plan.Change.Stage;
import net.berth.plan.ConflictCode;

/** Answers a hookscript by what a run has found. */
final class HookAnswers {
    private HookAnswers() {}

    /** Only a start can be refused, and only for an address that another guest has; in mode report nothing is. */
    static HookAnswer of(Settled settled, boolean starting, Policy.Mode mode) {
        GuestReport report = settled.report();
        if (starting && mode != Policy.Mode.REPORT && !settled.duplicated().isEmpty()) {
            return new HookAnswer.Duplicate(report, reason(settled));
        }
        return isReady(report) ? new HookAnswer.Settled(report) : new HookAnswer.Accepted();
    }

    private static String reason(Settled settled) {
        return settled.report().conflicts().stream()
                .filter(conflict -> conflict.code() == ConflictCode.ADDRESS_TAKEN)
                .map(conflict -> conflict.message() + ". " + conflict.fix())
                .findFirst()
                .orElse(settled.report().guest().title() + " is configured with an address of "
                        + settled.duplicated().getFirst());
    }

    /** What the router refused is tried again; until then the guest is not settled. */
    private static boolean isReady(GuestReport report) {
        return report.changes().stream()
                .noneMatch(change -> change.stage() == Stage.INTENT || change.stage() == Stage.ROUTER);
    }
}
