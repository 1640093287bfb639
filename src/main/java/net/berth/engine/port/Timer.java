package net.berth.engine.port;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The engine's only way to let time pass, and to begin threads. */
public interface Timer {

    /** Runs something once, later, on a thread of its own. */
    Cancellable after(Duration delay, Runnable task);

    /** Lets the calling thread wait. */
    void pause(Duration length);

    /**
     * Waits until a future is done, whatever came of it, but at most so long.
     *
     * @return whether it is done
     */
    default boolean await(CompletableFuture<?> future, Duration limit) throws InterruptedException {
        try {
            future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException failure) {
            return true;
        } catch (TimeoutException over) {
            return false;
        }
    }

    /** Makes the engine's threads. */
    default ThreadFactory threads() {
        return Thread.ofVirtual().factory();
    }

    /** A task that has not run yet. */
    interface Cancellable {
        /** Cancels it; without effect once it began. */
        void cancel();
    }
}
