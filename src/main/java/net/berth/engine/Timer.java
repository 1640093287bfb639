package net.berth.engine;

import java.time.Duration;

/** The engine's only way to let time pass. */
public interface Timer {

    /** Runs something once, later, on a thread of its own. */
    Cancellable after(Duration delay, Runnable task);

    /** Lets the calling thread wait. */
    void pause(Duration length);

    /** A task that has not run yet. */
    interface Cancellable {
        /** Takes it back; without effect once it began. */
        void cancel();
    }
}
