package net.berth.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import net.berth.engine.port.Timer;

/** A timer that knows the threads on which guests' runs are. */
public final class GuestThreads implements Timer {
    public final ManualTimer manual = new ManualTimer();
    private final List<Thread> threads = new ArrayList<>();

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        return manual.after(delay, task);
    }

    @Override
    public void pause(Duration length) {
        manual.pause(length);
    }

    @Override
    public synchronized ThreadFactory threads() {
        return task -> {
            Thread thread = Thread.ofVirtual().unstarted(task);
            add(thread);
            return thread;
        };
    }

    private synchronized void add(Thread thread) {
        threads.add(thread);
    }

    /** Whether all runs that are not over wait for something. */
    public synchronized boolean allRunsWait() {
        return threads.stream()
                .filter(thread -> thread.getName().startsWith("guest-") && thread.isAlive())
                .allMatch(thread -> thread.getState() == Thread.State.WAITING);
    }
}
