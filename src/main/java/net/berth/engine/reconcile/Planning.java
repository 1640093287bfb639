package net.berth.engine.reconcile;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.berth.engine.world.PassRecord;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.plan.GuestPlan;
import net.berth.plan.Planner;
import net.berth.plan.ReleasePlan;
import net.berth.plan.Situation;
import net.berth.plan.Situation.Boot;

/** Makes plans by the pure planner. Proxmox is asked whether a VM's disk has run only where the plan depends on it. */
final class Planning {
    private final Planner planner;
    private final FirstBoot firstBoot;
    private final PassRecord pass;
    private final Policy policy;

    Planning(List<Network> networks, Policy policy, FirstBoot firstBoot, PassRecord pass) {
        this.pass = pass;
        this.planner = new Planner(networks, policy);
        this.firstBoot = firstBoot;
        this.policy = policy;
    }

    /** Plans for a guest, and notes the plan in its run. */
    void plan(Run run, Facts facts) {
        Planned plan =
                switch (run.target()) {
                    case Target.Present present -> Planned.of(guarded(run, plan(run, present.guest(), facts)));
                    case Target.Gone gone -> Planned.release(gone(run.id(), facts, gone.reason()));
                    case Target.Released released ->
                        Planned.release(
                                planner.released(run.id(), facts.rows(), facts.whole(), facts.router(), facts.now()));
                };
        run.planned(facts, plan);
    }

    private GuestPlan guarded(Run run, GuestPlan plan) {
        boolean confirmed = run.request().confirmed();
        return run.isLook() ? pass.shown(plan, confirmed) : pass.guarded(plan, confirmed);
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
                startedAt(guest, facts.now()),
                request.writeBack(),
                facts.fixed(),
                facts.pools(),
                facts.now()));
    }

    /** The plan for a guest of which it is proved that it does not exist. */
    ReleasePlan gone(GuestId guest, Facts facts, String reason) {
        return planner.gone(guest, facts.rows(), facts.whole(), facts.router(), facts.now(), reason);
    }

    /** A live migration looks like a start here, and ends a release by order. */
    private static Instant startedAt(Guest guest, Instant now) {
        return guest.running() ? now.minus(guest.uptime()) : Instant.MIN;
    }
}
