package net.berth.engine.write;

import java.time.Duration;
import java.util.random.RandomGenerator;
import net.berth.engine.port.Timer;

/** Growing pauses with jitter. */
public record Backoff(RandomGenerator random, Timer timer) {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** The pause before the next run after so many failures in a row: half of it fixed, half of it by chance. */
    public Duration after(int failures) {
        long full = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures, 20));
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }

    /** A short pause between two tries of one run. */
    public void pause(int attempt) {
        long full = 10L << Math.min(attempt, 6);
        timer.pause(Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1)));
    }
}
