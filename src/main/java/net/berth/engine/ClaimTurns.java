package net.berth.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;

/**
 * Lets the guests of this receiver choose and claim one after the other, in the order of arrival. All would choose the
 * same lowest address else, and all but one would lose it; NIPAP takes one write at a time anyhow.
 */
final class ClaimTurns {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Timer timer;
    /** The first one's turn it is. */
    private final Deque<Turn> line = new ArrayDeque<>();

    private static final class Turn {
        private final CompletableFuture<Void> come = new CompletableFuture<>();
    }

    ClaimTurns(Timer timer) {
        this.timer = timer;
    }

    /** @throws PeerException when the claims before this one take too long */
    <T> T take(String who, Supplier<T> claim) {
        Turn turn = queueUp();
        try {
            await(turn, who);
            return claim.get();
        } finally {
            leave(turn);
        }
    }

    private synchronized Turn queueUp() {
        Turn turn = new Turn();
        line.add(turn);
        next();
        return turn;
    }

    private synchronized void leave(Turn turn) {
        line.remove(turn);
        next();
    }

    private void next() {
        if (!line.isEmpty()) {
            line.getFirst().come.complete(null);
        }
    }

    private void await(Turn turn, String who) {
        try {
            if (!timer.await(turn.come, LONGEST_WAIT)) {
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
