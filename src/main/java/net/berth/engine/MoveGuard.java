package net.berth.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.berth.model.GuestId;
import net.berth.model.RowStatus;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.GuestPlan;

/**
 * Holds guests that would all lose their addresses at once although they exist: a wrong {@code bridge}, {@code vlan} or
 * {@code prefix} in the settings makes every NIC look moved.
 */
final class MoveGuard {
    private static final Duration AT_ONCE = Duration.ofMinutes(30);

    private final int limit;
    private final Clock clock;
    private final Map<GuestId, Instant> moving = new TreeMap<>();

    MoveGuard(int limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** The plan as it is, or nothing to do and why. */
    synchronized GuestPlan check(GuestPlan plan, boolean confirmed) {
        GuestId guest = plan.guest().id();
        if (!letsGo(plan)) {
            moving.remove(guest);
            return plan;
        }
        Instant now = clock.instant();
        moving.values().removeIf(since -> since.plus(AT_ONCE).isBefore(now));
        moving.put(guest, now);
        return confirmed || moving.size() <= limit ? plan : held(plan);
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
        List<Conflict> conflicts = new ArrayList<>(plan.conflicts());
        conflicts.add(new Conflict(
                ConflictCode.RELEASE_HELD,
                "",
                plan.guest().title() + " would let its address go, and so would " + (moving.size() - 1)
                        + " other guests, more than release-limit " + limit + "; all of them are kept as they are",
                "check bridge:, vlan: and prefix: of networks: in berth.yaml; if the guests did move: berth sync "
                        + plan.guest().id().vmid()));
        return new GuestPlan(plan.guest(), plan.managed(), plan.needsAllRows(), List.of(), conflicts, plan.nics());
    }
}
