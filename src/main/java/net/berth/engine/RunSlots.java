package net.berth.engine;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;

/**
 * How many runs go on at once, and who is next: starts, for which somebody waits, before all others; but one turn in four
 * is another's as long as others wait, so that a long storm of starts keeps nobody out.
 */
final class RunSlots {
    private static final int STARTS_IN_A_ROW = 3;

    private final SequencedSet<Place> starts = new LinkedHashSet<>();
    private final SequencedSet<Place> others = new LinkedHashSet<>();
    private int free;
    private int startsInARow;

    RunSlots(int atOnce) {
        this.free = atOnce;
    }

    /** A place in the queue. */
    static final class Place {
        private final CompletableFuture<Void> turn = new CompletableFuture<>();

        /** Waits until it is this one's turn; the slot is then to be given back. */
        void await() {
            turn.join();
        }

        /** Does something when it is this one's turn. */
        void onTurn(Runnable task) {
            CompletableFuture<Void> unused = turn.thenRun(task);
        }
    }

    /** Queues up. */
    synchronized Place queue(boolean start) {
        Place place = new Place();
        if (free > 0) {
            free--;
            place.turn.complete(null);
        } else {
            (start ? starts : others).add(place);
        }
        return place;
    }

    /** A start came for one that waits among the others. */
    synchronized void hurry(Place place) {
        if (others.remove(place)) {
            starts.add(place);
        }
    }

    /** Gives a slot back: whoever is next has it. */
    synchronized void release() {
        boolean start = !starts.isEmpty() && (others.isEmpty() || startsInARow < STARTS_IN_A_ROW);
        SequencedSet<Place> next = start ? starts : others;
        startsInARow = start ? startsInARow + 1 : 0;
        if (next.isEmpty()) {
            free++;
        } else {
            next.removeFirst().turn.complete(null);
        }
    }
}
