package net.berth.engine.reconcile;

import java.util.ArrayList;
import java.util.List;
import net.berth.engine.report.GuestReport;
import net.berth.engine.run.Facts;
import net.berth.engine.world.GuestRecord;
import net.berth.plan.Conflict;
import net.berth.plan.GuestPlan;
import net.berth.plan.view.GuestState;
import net.berth.plan.view.NicView;

/** Makes reports of plans. */
final class Reports {
    private Reports() {}

    /** The report of a plan, with what systems refused and why the last run failed. */
    static GuestReport of(GuestPlan plan, Facts facts, GuestRecord record) {
        List<Conflict> conflicts = new ArrayList<>(plan.conflicts());
        if (plan.managed()) {
            conflicts.addAll(record.refused());
        }
        List<NicView> nics = plan.nics().stream()
                .map(nic -> nic.with(nic.states().unknown(!facts.ipamKnown(), !facts.routerKnown())))
                .toList();
        GuestState state = plan.managed() && !conflicts.isEmpty() ? GuestState.CONFLICT : plan.state();
        return withFailure(
                new GuestReport(plan.guest(), state, nics, conflicts, plan.changes(), gap(facts), facts.now()),
                record.failure());
    }

    /** The report, failing when the last run for the guest failed and the guest is not settled. */
    static GuestReport withFailure(GuestReport report, String failure) {
        boolean settled = report.state() == GuestState.SETTLED || report.state() == GuestState.UNMANAGED;
        if (failure.isEmpty() || settled) {
            return report;
        }
        return new GuestReport(
                report.guest(),
                GuestState.FAILING,
                report.nics(),
                report.conflicts(),
                report.changes(),
                failure,
                report.asOf());
    }

    private static String gap(Facts facts) {
        if (!facts.ipamKnown()) {
            return "NIPAP does not answer; shown is its last answer";
        }
        return facts.routerKnown() ? "" : "the router does not answer; shown is its last answer";
    }
}
