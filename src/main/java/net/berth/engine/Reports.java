package net.berth.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.berth.engine.Observer.Observation;
import net.berth.plan.Conflict;
import net.berth.plan.GuestPlan;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.GuestState;
import net.berth.plan.view.NicView;

/** Makes reports of observations. */
final class Reports {
    private Reports() {}

    static GuestReport of(Observation seen, List<Conflict> more) {
        GuestPlan plan = seen.plan();
        List<Conflict> conflicts = new ArrayList<>(plan.conflicts());
        conflicts.addAll(more);
        List<NicView> nics = plan.nics().stream()
                .map(nic -> known(nic, seen.ipamKnown(), seen.routerKnown()))
                .toList();
        GuestState state = plan.managed() && !conflicts.isEmpty() ? GuestState.CONFLICT : plan.state();
        return new GuestReport(plan.guest(), state, nics, conflicts, plan.changes(), gap(seen));
    }

    /** The same report, failing when the guest's last run failed and it is not settled. */
    static GuestReport withFailure(GuestReport report, Optional<String> failure) {
        boolean settled = report.state() == GuestState.SETTLED || report.state() == GuestState.UNMANAGED;
        if (failure.isEmpty() || settled) {
            return report;
        }
        return new GuestReport(
                report.guest(), GuestState.FAILING, report.nics(), report.conflicts(), report.changes(), failure.get());
    }

    private static String gap(Observation seen) {
        if (!seen.ipamKnown()) {
            return "NIPAP does not answer; shown is what it said last";
        }
        return seen.routerKnown() ? "" : "the router does not answer; shown is what it said last";
    }

    private static NicView known(NicView nic, boolean ipam, boolean router) {
        return new NicView(
                nic.name(),
                nic.mac(),
                nic.network(),
                nic.address(),
                nic.gateway(),
                nic.fqdn(),
                ipam ? nic.ipam() : unknown(nic.ipam()),
                router ? nic.dhcp() : unknown(nic.dhcp()),
                router ? nic.dns() : unknown(nic.dns()),
                nic.guest(),
                nic.note(),
                nic.live(),
                nic.origin(),
                nic.claimed());
    }

    private static EntryState unknown(EntryState mark) {
        return mark == EntryState.NOT_APPLICABLE ? mark : EntryState.UNKNOWN;
    }
}
