package net.berth.engine.world;

import java.time.Duration;
import java.time.Instant;

/**
 * How often a guest's rows were changed lately because its name or NICs changed. Each such change costs a commit on the router,
 * and the owner of the guest can make any number of them. After a few changes the next one waits, longer each time.
 *
 * @param changes how many there were without a minute of calm between
 * @param last when the last one was made
 * @param pause how long after that the next one waits
 */
public record Pace(int changes, Instant last, Duration pause) {
    private static final int FREE = 4;
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration CALM = Duration.ofMinutes(1);

    static final Pace CALM_GUEST = new Pace(0, Instant.EPOCH, Duration.ZERO);

    /** After another change. */
    Pace changed(Instant now) {
        int more = Duration.between(last.plus(pause), now).compareTo(CALM) < 0 ? changes + 1 : 1;
        int steps = Math.min(more - FREE, 10);
        Duration next = steps < 0 ? Duration.ZERO : FIRST.multipliedBy(1L << steps);
        return new Pace(more, now, next.compareTo(LONGEST) < 0 ? next : LONGEST);
    }

    /** How long the next change still waits; zero also after the clock was set back. */
    Duration left(Instant now) {
        Duration since = Duration.between(last, now);
        return since.isNegative() || since.compareTo(pause) >= 0 ? Duration.ZERO : pause.minus(since);
    }
}
