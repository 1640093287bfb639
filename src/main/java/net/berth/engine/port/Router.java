package net.berth.engine.port;

import java.util.List;
import java.util.Map;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;

/**
 * The port to the router that gives DHCP and DNS. Calls are made one at a time by {@code RouterLane}. Every call has a
 * deadline of its own and throws {@link PeerException} when no usable answer came.
 */
public interface Router {

    /** Reads the whole active config and the leases; a torn or empty read is an exception, never an empty view. */
    RouterView read();

    /**
     * Makes all changes in as few commits as it takes: one, unless the router refuses a part. Nothing that is not named
     * in a change is touched. When this returns the running config was read back, the daemons live and the config is
     * saved.
     *
     * @param progress hears of each change as soon as that holds for it, while others of the batch may still be at work
     * @return what became of each change, in the order given, and the view afterwards
     */
    Applied apply(List<RouterChange> changes, Progress progress);

    /** The same for a caller that waits for the whole batch. */
    default Applied apply(List<RouterChange> changes) {
        return apply(changes, (outcomes, after) -> {});
    }

    /** Hears what became of single changes before their batch is through. */
    @FunctionalInterface
    interface Progress {
        /**
         * Told at most once for each change, on the thread that called {@code apply}.
         *
         * @param outcomes what became of some changes, by their place in the batch
         * @param after what the router holds now; reading it began after the last call of this method
         */
        void settled(Map<Integer, Outcome> outcomes, RouterView after);
    }

    /**
     * Result of a batch.
     *
     * @param outcomes one for each change, in order
     * @param after what the router holds now
     * @param commits how many commits changed something
     */
    record Applied(List<Outcome> outcomes, RouterView after, int commits) {
        /** Copies the list. */
        public Applied {
            outcomes = List.copyOf(outcomes);
        }
    }

    /** What became of one change. */
    sealed interface Outcome {
        /** It is in the running config, and saved. */
        record Done() implements Outcome {}

        /**
         * It is not on the router: an entry that is not Berth's stands in the way, or what was to be replaced no longer
         * reads as planned. It was not sent, or taken back where the other came at the same moment. Plan again on the
         * new view.
         *
         * @param why which entry, and how it clashes
         */
        record Stale(String why) implements Outcome {}

        /**
         * The router refused it, or it was not sent as the router, or Berth afterwards, could not cope with it.
         *
         * @param text the router's own words, or why it was not sent
         */
        record Refused(String text) implements Outcome {}

        /**
         * Not now: another commit holds the router's lock, or the batch was cut short. Try again.
         *
         * @param why the router's own words, or what was cut
         */
        record Later(String why) implements Outcome {}
    }

    /** A cheap call that proves that the router answers and the login is good. */
    void check();
}
