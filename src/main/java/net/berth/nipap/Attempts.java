package net.berth.nipap;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import net.berth.nipap.xmlrpc.NipapException;
import net.berth.nipap.xmlrpc.NipapException.Unanswered;
import net.berth.nipap.xmlrpc.NipapException.Unanswered.How;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How calls are made: reads side by side, writes one at a time, and an attempt again, a bounded number of times, when
 * NIPAP's failure is of a kind that passes. The attempt itself must begin by looking what the one before it has done.
 * Pauses grow and carry jitter: writers that met in a deadlock would meet again otherwise.
 */
final class Attempts {
    /** Two writers meeting in a deadlock needed up to 18 tries without pauses, 3 with them. */
    private static final int WRITES = 5;

    private static final int READS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(40);

    /** A write that waits longer than this for the writes before it waits in vain. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final ReentrantLock lane = new ReentrantLock(true);
    private final RandomGenerator random;
    private final Sleeper sleeper;

    Attempts(RandomGenerator random, Sleeper sleeper) {
        this.random = random;
        this.sleeper = sleeper;
    }

    /** Waits; tests use another one. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }

    /** A read: like {@link #repeat}, but a read whose deadline passed is not repeated. */
    <T> T read(String what, Supplier<T> attempt) {
        return run(what, READS, false, attempt);
    }

    /** A write, repeated as a whole. */
    <T> T write(String what, Supplier<T> attempt) {
        return alone(what, () -> repeat(what, attempt));
    }

    /** Several calls, of which those that write go through {@link #alone}. */
    <T> T repeat(String what, Supplier<T> attempt) {
        return run(what, WRITES, true, attempt);
    }

    /**
     * One write at a time, in the order of arrival; a write inside of another one of the same thread runs at once. NIPAP's
     * triggers update the row of the network with every row inside it, so parallel writers end in deadlocks: 225 writes a
     * second from one, 11 from four.
     *
     * @throws Unanswered when the writes before this one take too long
     */
    <T> T alone(String what, Supplier<T> write) {
        try {
            if (!lane.tryLock(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Unanswered(
                        what + " waited " + LONGEST_WAIT + " for other writes to NIPAP; it was not sent",
                        How.QUEUED,
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered(what + " was stopped before it was sent", How.STOPPED, e);
        }
        try {
            return write.get();
        } finally {
            lane.unlock();
        }
    }

    private <T> T run(String what, int attempts, boolean againWhenLate, Supplier<T> attempt) {
        for (int made = 1; ; made++) {
            try {
                return attempt.get();
            } catch (NipapException e) {
                boolean late = e instanceof Unanswered unanswered && unanswered.how() == How.LATE;
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
        try {
            sleeper.sleep(Duration.ofMillis(random.nextLong(longest / 2, longest + 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered(what + " was stopped after: " + failure.getMessage(), How.STOPPED, e);
        }
    }
}
