package net.berth.engine.port;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;

/**
 * The port to the router that gives DHCP and DNS. Calls are made one at a time by the engine. Every call has a
 * deadline of its own and throws {@link PeerException} when no usable answer came.
 */
public interface Router {

    /** Reads the whole active config and the leases; a torn or empty read is an exception, never an empty view. */
    RouterView read();

    /**
     * Takes the lock that keeps other receivers from writing to the router, reads its config under the lock, asks the batch
     * for its changes, and makes them in as few commits as it takes: one, unless the router refuses a part. Nothing that is
     * not named in a change is touched. When this returns, the running config was read back, the daemons live, the config is
     * saved and the lock is free. If the batch answers no changes, nothing is sent.
     *
     * @param batch is asked for its changes, and hears what became of them
     * @return what the batch answered, what became of each change, and the view afterwards
     * @throws PeerException also if another receiver holds the lock for too long, or the router freed the lock because the
     *     batch took longer than {@link #LOCK_PATIENCE} to answer; in both cases nothing was changed
     */
    Applied apply(Batch batch);

    /** What is wrong with the router although it answers, and what repairs it; empty when nothing is known. Asks nothing. */
    default String trouble() {
        return "";
    }

    /** How long the router keeps the lock for a receiver that sends no command. */
    Duration LOCK_PATIENCE = Duration.ofMinutes(1);

    /** Changes that are decided while the lock is held. */
    interface Batch {
        /**
         * Called once, on the thread that called {@code apply}, while the lock is held, unless {@code apply} failed before.
         * An exception ends the session without a change, and {@code apply} throws it.
         *
         * @return what to change; empty if there is nothing to do
         */
        List<RouterChange> changes(RouterView current);

        /**
         * Called as soon as something is known of some changes, while others of the batch may still be at work; on the thread
         * that called {@code apply}, while the lock is held. Each change is named at most once.
         *
         * @param outcomes what became of some changes, by their place in the list that {@link #changes} answered
         * @param after what the router holds now; reading it began after the last call of this batch
         */
        void settled(Map<Integer, Outcome> outcomes, RouterView after);
    }

    /**
     * Result of a batch.
     *
     * @param outcomes one for each change, in order
     */
    record Applied(List<RouterChange> changes, List<Outcome> outcomes, RouterView after, int commits) {
        /** Copies the lists. */
        public Applied {
            changes = List.copyOf(changes);
            outcomes = List.copyOf(outcomes);
        }
    }

    /** What became of one change. */
    sealed interface Outcome {
        /** It is in the running config, and saved. */
        record Done() implements Outcome {}

        /**
         * It is not on the router: an entry that is not Berth's is in the way, or what was to be replaced no longer
         * reads as planned. It was not sent, or taken back where the other came at the same moment. Plan again on the
         * new view.
         *
         * @param why which entry, and how it clashes
         */
        record Stale(String why) implements Outcome {}

        /**
         * The router refused it, or it was not sent as it would harm the router or what Berth does afterwards.
         *
         * @param text the router's own words, or why it was not sent
         */
        record Refused(String text) implements Outcome {}

        /** Not sent: the commits of another admin left no time for it. Read the rows and plan again. */
        record Busy(String why) implements Outcome {}

        /**
         * Not now: the batch was cut short, or what is in force could not be saved. Try again later.
         *
         * @param why what was cut, or the router's own words
         */
        record Later(String why) implements Outcome {}
    }
}
