package net.berth.nipap;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import net.berth.nipap.xmlrpc.NipapException;
import net.berth.nipap.xmlrpc.NipapUnanswered;
import net.berth.nipap.xmlrpc.NipapUnanswered.How;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an attempt again, a bounded number of times, when NIPAP's failure is of a kind that passes. The attempt itself
 * must begin by looking what the one before it has done. Pauses grow and carry jitter: writers that met in a deadlock
 * would meet again otherwise.
 */
final class Retry {
    /** Two writers meeting in a deadlock needed up to 18 tries without pauses, 3 with them. */
    private static final int WRITES = 5;

    private static final int READS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(40);

    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);

    private final RandomGenerator random;
    private final Sleeper sleeper;

    Retry(RandomGenerator random, Sleeper sleeper) {
        this.random = random;
        this.sleeper = sleeper;
    }

    /** For a write: each failure that passes is met with another attempt. */
    <T> T write(String what, Supplier<T> attempt) {
        return run(what, WRITES, true, attempt);
    }

    /** For a read: as {@link #write}, but a deadline that passed is not waited for again. */
    <T> T read(String what, Supplier<T> attempt) {
        return run(what, READS, false, attempt);
    }

    private <T> T run(String what, int attempts, boolean againWhenLate, Supplier<T> attempt) {
        for (int made = 1; ; made++) {
            try {
                return attempt.get();
            } catch (NipapException e) {
                boolean late = e instanceof NipapUnanswered unanswered && unanswered.how() == How.LATE;
                if (made == attempts || !e.retryable() || (late && !againWhenLate)) {
                    throw e;
                }
                LOG.info("{}: attempt {} of {} failed, trying again: {}", what, made, attempts, e.getMessage());
                pause(what, made, e);
            }
        }
    }

    private void pause(String what, int made, NipapException failure) {
        long longest = FIRST_PAUSE.toMillis() << made;
        Duration pause = Duration.ofMillis(random.nextLong(longest / 2, longest + 1));
        try {
            sleeper.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NipapUnanswered(what + " was stopped after: " + failure.getMessage(), How.STOPPED, e);
        }
    }
}
