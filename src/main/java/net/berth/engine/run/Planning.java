package net.berth.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.berth.engine.port.Compute;
import net.berth.engine.run.Run.Facts;
import net.berth.engine.world.GuestRecord;
import net.berth.engine.world.PassRecord;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.ReservedNames;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.GuestPlan;
import net.berth.plan.Plan;
import net.berth.plan.Planner;
import net.berth.plan.Situation;
import net.berth.plan.Situation.Boot;
import net.berth.plan.guest.MissingRule;

/**
 * Makes plans by the pure planner. Proxmox is asked whether a VM's disk has run only where the plan depends on it. In doubt
 * it has run: writing the address of a VM that has run makes its cloud-init treat it as a new machine (new SSH host keys) at
 * its next start.
 */
public record Planning(Planner planner, Compute compute, PassRecord pass, Supplier<ReservedNames> names) {
    /** Firmware and boot loader take this long before cloud-init reads its image. */
    public static final Duration FIRST_SECONDS = Duration.ofSeconds(8);

    /** With the names that are reserved now, for thousands of plans in a row. */
    public Planning atOnce() {
        ReservedNames now = names.get();
        return new Planning(planner, compute, pass, () -> now);
    }

    /** Plans for a guest, and notes the plan in its run. */
    public void plan(Run run, Facts facts) {
        Plan plan =
                switch (run.target()) {
                    case Run.Target.Present present -> guarded(run, unguarded(run, facts));
                    case Run.Target.Gone gone -> gone(run.id(), facts, gone.reason());
                    case Run.Target.Released released ->
                        planner.released(run.id(), facts.rows(), facts.whole(), facts.router(), facts.now());
                };
        run.planned(facts, plan);
    }

    private GuestPlan guarded(Run run, GuestPlan plan) {
        return run.request().confirmed()
                ? plan
                : pass.guarded(List.of(plan), false, run.isLook()).getFirst();
    }

    /** Plans for a guest of a full pass, whose guard looks at all plans together. */
    public GuestPlan unguarded(Run run, Facts facts) {
        Guest guest = believed(run, run.guest().orElseThrow(), facts);
        Optional<Boot> known = run.boot();
        if (known.isEmpty()) {
            known = planner.policy().selects(guest)
                    ? known(guest, facts.rows().ofMachine(guest))
                    : Optional.of(Boot.HAS_RUN);
        }
        if (known.isPresent()) {
            return plan(run, guest, facts, known.get());
        }
        GuestPlan ifRun = plan(run, guest, facts, Boot.HAS_RUN);
        GuestPlan ifNew = plan(run, guest, facts, ifNew(guest));
        if (ifRun.equals(ifNew)) {
            return ifRun;
        }
        Boot boot = ask(guest, run.record(), run.request().starting());
        run.boot(boot);
        return boot == Boot.HAS_RUN ? ifRun : ifNew;
    }

    /** What one answer of Proxmox lacks is there until a later one lacks it too. An operator's order waits for no later one. */
    private Guest believed(Run run, Guest answer, Facts facts) {
        Guest whole = MissingRule.completed(answer, facts.own(), planner.networks());
        boolean counts = run.request().confirmed() || run.record().counts(answer, whole, run.began(), facts.now());
        return counts ? answer : whole;
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
                request.confirmed(),
                run.record().liveAddresses(guest),
                facts.fixed(),
                facts.pools(),
                names.get(),
                facts.now()));
    }

    /** The plan for a guest of which it is proved that it does not exist. */
    public Plan.Release gone(GuestId guest, Facts facts, String reason) {
        return planner.gone(guest, facts.rows(), facts.whole(), facts.router(), facts.now(), reason);
    }

    /** A live migration looks like a start here, and ends a release by order. */
    private static Instant startedAt(Guest guest, Instant now) {
        return guest.running() ? now.minus(guest.uptime()) : Instant.MIN;
    }

    /** What is known without asking Proxmox; empty when it would have to be asked. */
    static Optional<Boot> known(Guest guest, List<AddressRow> rowsOfMachine) {
        boolean irrelevant = guest.id().type() != GuestType.QEMU || !guest.cloudInit();
        boolean late = guest.running() && guest.uptime().compareTo(FIRST_SECONDS) > 0;
        boolean noted = rowsOfMachine.stream()
                .anyMatch(row -> row.ours()
                        && row.avp(RowAttributes.BOOTED).equals(RowAttributes.YES)
                        && isSameMachine(row, guest));
        return irrelevant || late || noted ? Optional.of(Boot.HAS_RUN) : Optional.empty();
    }

    /** A restore keeps the uuid, under another VMID too; a clone gets a new one. */
    private static boolean isSameMachine(AddressRow row, Guest guest) {
        String uuid = row.avp(RowAttributes.UUID);
        return uuid.isEmpty() ? row.isOf(guest.id()) : uuid.equalsIgnoreCase(guest.uuid());
    }

    /** What the guest is if its disk has not run before. */
    private static Boot ifNew(Guest guest) {
        return guest.running() ? Boot.FIRST_SECONDS : Boot.FRESH;
    }

    /**
     * Asks Proxmox. If the guest is running, the question is whether it ran before its present start.
     *
     * @param starting whether the guest is about to start: what is found then holds for the first seconds of that start
     */
    Boot ask(Guest guest, GuestRecord record, boolean starting) {
        boolean isNew = (guest.running() && record.firstStart()) || hasNotRun(guest, record);
        // A look at a guest that is still stopped does not end the start that goes on.
        record.firstStart(isNew && (starting || guest.running() || record.firstStart()));
        if (!isNew) {
            record.ran();
        }
        return isNew ? ifNew(guest) : Boot.HAS_RUN;
    }

    private boolean hasNotRun(Guest guest, GuestRecord record) {
        return switch (compute.history(guest)) {
            case HAS_RUN -> false;
            case NEVER_RAN -> true;
            case UNKNOWN -> !guest.running() && record.appeared();
        };
    }
}
