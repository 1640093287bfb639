package net.berth.engine;

import net.berth.engine.reconcile.GuestRuns;
import net.berth.engine.report.GuestReport;
import net.berth.model.Policy;
import net.berth.plan.Change.Stage;
import net.berth.plan.ConflictCode;

/** The answer to a hookscript. */
public sealed interface HookAnswer {

    /** NIPAP and the router hold all they should. */
    record Settled(GuestReport report) implements HookAnswer {}

    /** It goes on in the background. */
    record Accepted() implements HookAnswer {}

    /** Berth does not manage the guest. */
    record NotSelected() implements HookAnswer {}

    /**
     * The start would bring up an address that belongs to another guest.
     *
     * @param reason whose, and what happens next, in one line
     */
    record Duplicate(GuestReport report, String reason) implements HookAnswer {}

    /** Only a start can be refused, and only for an address that another guest has; in mode report nothing is. */
    static HookAnswer of(GuestRuns.Settled settled, boolean starting, Policy.Mode mode) {
        GuestReport report = settled.report();
        if (starting && mode != Policy.Mode.REPORT && !settled.duplicated().isEmpty()) {
            return new Duplicate(report, reason(settled));
        }
        return isReady(report) ? new Settled(report) : new Accepted();
    }

    private static String reason(GuestRuns.Settled settled) {
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
