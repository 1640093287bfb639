package net.berth.engine.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.berth.model.GuestId;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowStatus;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestPlan;

/**
 * Holds guests that would all lose their addresses in one pass although they exist: a wrong {@code bridge}, {@code vlan}
 * or {@code prefix} in the settings makes every NIC look moved.
 */
public final class MoveGuard {
    private final int limit;
    private final Set<GuestId> held = new TreeSet<>();
    private final Set<GuestId> early = new TreeSet<>();
    private boolean begun;

    MoveGuard(int limit) {
        this.limit = limit;
    }

    /** Takes the plans of a full pass, and answers them as they may be carried out. */
    synchronized List<GuestPlan> pass(List<GuestPlan> plans) {
        List<GuestId> moving = plans.stream()
                .filter(MoveGuard::letsGo)
                .map(plan -> plan.guest().id())
                .toList();
        begun = true;
        early.clear();
        held.clear();
        if (moving.size() > limit) {
            held.addAll(moving);
        }
        return plans.stream().map(plan -> check(plan, false)).toList();
    }

    /** The plan as it is, or nothing to do but to note what is, and why. */
    synchronized GuestPlan check(GuestPlan plan, boolean confirmed) {
        if (!letsGo(plan)) {
            held.remove(plan.guest().id());
            return plan;
        }
        if (confirmed) {
            return plan;
        }
        if (!begun) {
            beforeFirstPass(plan.guest().id());
        }
        return held.contains(plan.guest().id()) ? held(plan) : plan;
    }

    /** Settings are new with a receiver, and events come before its first pass is over: as many as may are let go till then. */
    private void beforeFirstPass(GuestId guest) {
        if (early.size() < limit) {
            early.add(guest);
        }
        if (!early.contains(guest)) {
            held.add(guest);
        }
    }

    private static boolean letsGo(GuestPlan plan) {
        return plan.changes().stream()
                .anyMatch(change -> change instanceof Change.Edit edit
                        && edit.edit()
                                .field("status")
                                .filter(RowStatus.QUARANTINE.toString()::equals)
                                .isPresent());
    }

    private GuestPlan held(GuestPlan plan) {
        Set<GuestId> moving = new TreeSet<>(held);
        moving.addAll(early);
        List<Conflict> conflicts = new ArrayList<>(plan.conflicts());
        conflicts.add(new Conflict(
                ConflictCode.RELEASE_HELD,
                "",
                plan.guest().title() + " would let its address go, and so would " + (moving.size() - 1)
                        + " other guests, more than release-limit " + limit + "; all of them are kept as they are",
                "check bridge:, vlan: and prefix: of networks: in berth.yaml; if the guests did move: berth sync "
                        + plan.guest().id().vmid()));
        // Whether it runs is noted all the same: it may be held for long. That an old name is off the router is not:
        // what takes it off is held too.
        List<Change> notes = plan.changes(Change.Stage.NOTE).stream()
                .filter(change -> change instanceof Change.Edit edit
                        && !edit.edit().avps().containsKey(RowAttributes.WAS))
                .toList();
        return new GuestPlan(plan.guest(), plan.managed(), plan.needsAllRows(), notes, conflicts, plan.nics());
    }
}
