package net.berth.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.berth.engine.port.Timer;

/** Time that passes only when a test says so; pauses of a run are over at once. */
final class ManualTimer implements Timer {
    private final List<Task> tasks = new ArrayList<>();
    private Duration now = Duration.ZERO;

    private record Task(Duration due, Runnable work) {}

    @Override
    public synchronized Cancellable after(Duration delay, Runnable work) {
        Task task = new Task(now.plus(delay), work);
        tasks.add(task);
        return () -> cancel(task);
    }

    private synchronized void cancel(Task task) {
        tasks.remove(task);
    }

    @Override
    public void pause(Duration length) {
        // Nobody needs to wait.
    }

    /** How long until each task that waits, the nearest first. */
    synchronized List<Duration> waits() {
        return tasks.stream().map(task -> task.due().minus(now)).sorted().toList();
    }

    /** Lets time pass and runs what becomes due, in order, on the caller's thread. */
    void advance(Duration by) {
        Duration end;
        synchronized (this) {
            end = now.plus(by);
        }
        Optional<Task> next = next(end);
        while (next.isPresent()) {
            next.get().work().run();
            next = next(end);
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized Optional<Task> next(Duration end) {
        Optional<Task> next =
                tasks.stream().filter(task -> task.due().compareTo(end) <= 0).min(Comparator.comparing(Task::due));
        next.ifPresent(task -> {
            tasks.remove(task);
            now = task.due();
        });
        return next;
    }
}
