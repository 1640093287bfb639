package net.berth.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets the guests of this receiver choose and claim one after the other, in the order of arrival. All would choose the
 * same lowest address else, and all but one would lose it; NIPAP takes one write at a time anyhow.
 */
final class ClaimTurns {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final ReentrantLock lock = new ReentrantLock(true);

    /** @throws PeerException when the claims before this one take too long */
    <T> T take(String who, Supplier<T> claim) {
        enter(who);
        try {
            return claim.get();
        } finally {
            lock.unlock();
        }
    }

    private void enter(String who) {
        try {
            if (!lock.tryLock(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new PeerException(
                        Peer.NIPAP,
                        PeerException.Kind.DOWN,
                        who + " waited " + LONGEST_WAIT.toSeconds() + " s for other guests to get their addresses");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PeerException(Peer.NIPAP, PeerException.Kind.DOWN, "Berth is stopping", stopped);
        }
    }
}
