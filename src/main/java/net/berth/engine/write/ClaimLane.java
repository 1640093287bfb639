package net.berth.engine.write;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Timer;

/**
 * Lets the runs of this receiver choose and claim addresses one after the other, in the order of arrival. Otherwise all
 * would choose the same lowest address, and all but one would lose it.
 */
public final class ClaimLane {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Timer timer;

    /** The first one has its turn. */
    private final Deque<Turn> line = new ArrayDeque<>();

    private static final class Turn {
        private final CompletableFuture<Void> come = new CompletableFuture<>();
    }

    public ClaimLane(Timer timer) {
        this.timer = timer;
    }

    /**
     * Runs a claim when its turn has come.
     *
     * @throws PeerException when the claims before this one take too long
     */
    public <T> T take(Supplier<T> claim) {
        Turn turn = queueUp();
        try {
            await(turn);
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

    private void await(Turn turn) {
        try {
            if (!timer.await(turn.come, LONGEST_WAIT)) {
                throw new PeerException(
                        Peer.NIPAP,
                        PeerException.Kind.DOWN,
                        "waited " + LONGEST_WAIT.toSeconds() + " s for other guests to get their addresses");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PeerException(Peer.NIPAP, PeerException.Kind.DOWN, "Berth is stopping", stopped);
        }
    }
}
