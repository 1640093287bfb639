package net.berth.notify;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long and how often a message is sent.
 *
 * @param deadline of one try, from connecting to the end of the answer
 * @param first the pause after a first failure; it doubles with each further one in a row
 * @param longest the longest pause, unless the receiver asks for a longer one
 * @param tries how often one message is tried at most
 * @param refusals how often a message that is refused by a 4xx is tried at most
 * @param age how old a message may become; also the longest pause that a receiver may ask for
 * @param down after how many failures in a row a receiver counts as down
 */
record RetryPolicy(
        Duration deadline, Duration first, Duration longest, int tries, int refusals, Duration age, int down) {
    static final RetryPolicy USUAL = new RetryPolicy(
            Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofMinutes(5), 20, 3, Duration.ofHours(1), 3);

    /** The pause after so many failures in a row: half of it fixed, half of it by chance. */
    Duration pause(int failures, RandomGenerator random) {
        long full = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, 20));
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
