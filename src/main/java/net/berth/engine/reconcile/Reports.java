package net.berth.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.berth.engine.port.Compute;
import net.berth.engine.report.GuestReport;
import net.berth.engine.run.Run;
import net.berth.engine.run.Run.Facts;
import net.berth.engine.world.GuestRecord;
import net.berth.engine.world.GuestRecord.LiveAnswer;
import net.berth.model.Guest;
import net.berth.model.Inventory;
import net.berth.model.Network;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.Conflict;
import net.berth.plan.GuestPlan;
import net.berth.plan.guest.LiveRule;
import net.berth.plan.view.EntryState;
import net.berth.plan.view.GuestState;
import net.berth.plan.view.NicView;

/** Makes reports of plans, with what running guests say of their own addresses. */
public record Reports(Compute compute, List<Network> networks) {
    /** The report of a run's plan, with what the guest said last since its start. */
    GuestReport of(Run run) {
        GuestPlan plan = run.guestPlan();
        GuestPlan shown = run.record()
                .live()
                .filter(answer -> plan.managed() && answer.isOfThisStart(plan.guest()))
                .map(answer -> LiveRule.compare(plan, answer.addresses()))
                .orElse(plan);
        return report(run, shown);
    }

    /** The report of a run's plan, with what the guest says now. Only a look at a single guest asks; it is bounded. */
    GuestReport asked(Run run) {
        GuestPlan plan = run.guestPlan();
        Guest guest = plan.guest();
        boolean bound = plan.nics().stream().anyMatch(nic -> !nic.address().isEmpty());
        if (!plan.managed() || !guest.running() || !bound) {
            return report(run, plan);
        }
        LiveAnswer answer = new LiveAnswer(guest.uptime(), compute.live(guest));
        run.record().live(answer);
        return report(run, LiveRule.compare(plan, answer.addresses()));
    }

    /** With what systems refused, and failing when the last run for the guest failed and the guest is not settled. */
    private static GuestReport report(Run run, GuestPlan plan) {
        Facts facts = run.facts();
        GuestRecord record = run.record();
        List<Conflict> conflicts = new ArrayList<>(plan.conflicts());
        if (plan.managed()) {
            conflicts.addAll(record.refused());
        }
        List<NicView> nics = plan.nics().stream()
                .map(nic -> nic.with(nic.states().unknown(!facts.ipamKnown(), !facts.routerKnown())))
                .toList();
        GuestState state = plan.managed() && !conflicts.isEmpty() ? GuestState.CONFLICT : plan.state();
        boolean settled = state == GuestState.SETTLED || state == GuestState.UNMANAGED;
        boolean fails = !settled && !record.failure().isEmpty();
        return new GuestReport(
                plan.guest(),
                fails ? GuestState.FAILING : state,
                nics,
                conflicts,
                plan.changes(),
                fails ? record.failure() : gap(facts),
                facts.now());
    }

    private static String gap(Facts facts) {
        if (!facts.ipamKnown()) {
            return "NIPAP does not answer; shown is its last answer";
        }
        return facts.routerKnown() ? "" : "the router does not answer; shown is its last answer";
    }

    /**
     * The report of a guest whose config could not be read, as far as NIPAP's rows and the list of guests know it: failing
     * with the cause. Empty when no row shows that it is Berth's.
     */
    Optional<GuestReport> unread(Inventory.Entry entry, List<AddressRow> allRows, String problem, Instant at) {
        List<AddressRow> rows = allRows.stream()
                .filter(row -> !row.quarantined() && row.isOf(entry.id()))
                .toList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Guest guest = new Guest(
                entry.id(),
                entry.name(),
                entry.node(),
                entry.status(),
                Duration.ZERO,
                false,
                entry.lock(),
                "",
                false,
                "",
                List.of(),
                List.of());
        List<NicView> nics = rows.stream()
                .filter(row -> row.mac().isPresent())
                .flatMap(row -> networks.stream()
                        .filter(network -> network.prefix().contains(row.address()))
                        .map(network -> nic(row, network)))
                .toList();
        return Optional.of(new GuestReport(guest, GuestState.FAILING, nics, List.of(), List.of(), problem, at));
    }

    private static NicView nic(AddressRow row, Network network) {
        EntryState onRouter = network.onRouter() ? EntryState.UNKNOWN : EntryState.NOT_APPLICABLE;
        return new NicView(
                        row.nic().orElseThrow().name(),
                        row.avp(RowAttributes.MAC),
                        NicView.Bound.on(
                                network, network.onInterface(row.address()).toString(), ""),
                        new NicView.States(EntryState.UNKNOWN, onRouter, onRouter, EntryState.UNKNOWN),
                        NicView.Remarks.NONE)
                .claimedBy(row);
    }
}
