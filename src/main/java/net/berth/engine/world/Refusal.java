package net.berth.engine.world;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import net.berth.model.router.RouterChange;
import net.berth.plan.Conflict;

/**
 * Changes that the router refused, or after which its DHCP or DNS did not run any more. Each try may interrupt both for
 * everybody. So they are not sent again before a pause is over, which doubles with each refusal; other changes are sent at once.
 *
 * @param conflicts the conflicts, in the router's own words
 * @param pause how long it is not sent again
 */
public record Refusal(List<RouterChange> changes, List<Conflict> conflicts, Instant at, Duration pause) {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Copies the lists. */
    public Refusal {
        changes = List.copyOf(changes);
        conflicts = List.copyOf(conflicts);
    }

    /** A refusal of these changes after another one. */
    static Refusal of(List<RouterChange> changes, List<Conflict> conflicts, Instant at, Optional<Refusal> before) {
        Duration pause = before.filter(refusal -> refusal.changes.equals(List.copyOf(changes)))
                .map(refusal -> refusal.pause.multipliedBy(2))
                .orElse(FIRST);
        return new Refusal(changes, conflicts, at, pause.compareTo(LONGEST) < 0 ? pause : LONGEST);
    }

    /** How much of the pause is left; zero also after the clock was set back. */
    public Duration left(Instant now) {
        Duration since = Duration.between(at, now);
        return since.isNegative() || since.compareTo(pause) >= 0 ? Duration.ZERO : pause.minus(since);
    }

    /** Whether nothing but what was refused is to be sent, and the pause is not over. */
    public boolean holds(List<RouterChange> wanted, Instant now) {
        return left(now).isPositive() && new HashSet<>(changes).containsAll(wanted);
    }
}
