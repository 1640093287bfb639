package net.berth.plan;

import java.util.List;
import java.util.stream.Collectors;
import net.berth.model.GuestId;

/**
 * Holds the release of guests that are gone when more of them than {@code release-limit} still have their addresses: a human
 * must confirm. Guests whose addresses are all in quarantine already are not counted and not held.
 *
 * @param plans the plans as they may be carried out, in the order in which they were given
 * @param conflicts one that names the guests that are held, and the command that confirms; none when none is held
 */
public record ReleaseLimit(List<ReleasePlan> plans, List<Conflict> conflicts) {

    /** Copies the lists. */
    public ReleaseLimit {
        plans = List.copyOf(plans);
        conflicts = List.copyOf(conflicts);
    }

    /**
     * The limit applied.
     *
     * @param gone the plans of all guests that are missing now, not only of those that are worked on
     */
    public static ReleaseLimit of(int limit, List<ReleasePlan> gone) {
        List<GuestId> losing = gone.stream()
                .filter(ReleasePlan::losesAddress)
                .map(ReleasePlan::guest)
                .sorted()
                .toList();
        if (losing.size() <= limit) {
            return new ReleaseLimit(gone, List.of());
        }
        List<ReleasePlan> plans = gone.stream()
                .map(plan -> plan.losesAddress() ? plan.held() : plan)
                .toList();
        return new ReleaseLimit(plans, List.of(conflict(limit, losing)));
    }

    /**
     * The conflict that names these guests, sorted.
     *
     * @param held the guests
     */
    public static Conflict conflict(int limit, List<GuestId> held) {
        String names = held.stream().map(GuestId::toString).collect(Collectors.joining(", "));
        String numbers = held.stream().map(id -> String.valueOf(id.vmid())).collect(Collectors.joining(" "));
        return new Conflict(
                ConflictCode.RELEASE_HELD,
                "",
                held.size() + " guests disappeared at once, which is more than release-limit (" + limit
                        + "). Berth keeps their addresses: " + names,
                "if they were destroyed on purpose: berth release " + numbers);
    }
}
