package net.berth.engine.reconcile;

import java.util.List;
import java.util.Optional;
import net.berth.model.Guest;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.model.row.AddressRow;
import net.berth.plan.Change;
import net.berth.plan.GuestPlan;
import net.berth.plan.Planner;
import net.berth.plan.Situation;
import net.berth.plan.Situation.Boot;
import net.berth.plan.entry.ReleaseRule;

/** Makes plans by the pure planner. Proxmox is asked whether a VM's disk has run only where the plan depends on it. */
final class Planning {
    private final Planner planner;
    private final FirstBoot firstBoot;
    private final MoveGuard guard;
    private final Policy policy;

    Planning(List<Network> networks, Policy policy, FirstBoot firstBoot, MoveGuard guard) {
        this.guard = guard;
        this.planner = new Planner(networks, policy);
        this.firstBoot = firstBoot;
        this.policy = policy;
    }

    /** Plans for a guest, and notes the plan in its run. */
    void plan(Run run, Facts facts) {
        Planned plan =
                switch (run.target()) {
                    case Target.Present present ->
                        Planned.of(guard.check(
                                plan(run, present.guest(), facts), run.request().confirmed()));
                    case Target.Gone gone -> Planned.release(gone(facts, gone.reason()));
                    case Target.Released released -> Planned.release(released(facts));
                };
        run.planned(facts, plan);
    }

    /** Plans for a guest of a full pass, whose guard looks at all plans together. */
    GuestPlan unguarded(Run run, Facts facts) {
        return plan(run, run.guest().orElseThrow(), facts);
    }

    private GuestPlan plan(Run run, Guest guest, Facts facts) {
        Optional<Boot> known = run.boot();
        if (known.isEmpty()) {
            known = policy.selects(guest)
                    ? firstBoot.known(guest, facts.rows().ofMachine(guest))
                    : Optional.of(Boot.HAS_RUN);
        }
        if (known.isPresent()) {
            return plan(run, guest, facts, known.get());
        }
        GuestPlan ifRun = plan(run, guest, facts, Boot.HAS_RUN);
        GuestPlan ifNew = plan(run, guest, facts, FirstBoot.ifNew(guest));
        if (ifRun.equals(ifNew)) {
            return ifRun;
        }
        Boot boot = firstBoot.ask(guest, run.record(), run.request().starting());
        run.boot(boot);
        return boot == Boot.HAS_RUN ? ifRun : ifNew;
    }

    private GuestPlan plan(Run run, Guest guest, Facts facts, Boot boot) {
        Request request = run.request();
        return planner.plan(new Situation(
                guest,
                facts.rows(),
                facts.whole(),
                facts.router(),
                boot,
                request.starting(),
                request.writeBack(),
                facts.fixed(),
                facts.pools(),
                facts.now()));
    }

    private List<Change> gone(Facts facts, String reason) {
        return facts.own().stream()
                .flatMap(row ->
                        ReleaseRule.plan(nic(row), row, facts.router(), policy.releaseAfter(), facts.now(), reason)
                                .stream())
                .toList();
    }

    private List<Change> released(Facts facts) {
        return facts.own().stream()
                .flatMap(row ->
                        ReleaseRule.byOrder(nic(row), row, facts.router(), policy.releaseAfter(), facts.now()).stream())
                .toList();
    }

    private static net.berth.model.NicId nic(AddressRow row) {
        return row.nic().orElseThrow();
    }
}
