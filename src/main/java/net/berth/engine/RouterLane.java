package net.berth.engine;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import net.berth.engine.Router.Outcome;
import net.berth.model.RouterChange;
import net.berth.model.RouterView;

/**
 * The one lane to the router. What waits while it is busy goes together into its next commit, and its last view is kept
 * so that a settled guest's start does not ask it anything.
 */
final class RouterLane implements AutoCloseable {
    private final Router router;
    private final Clock clock;
    private final MeterRegistry meters;
    private final EventLog events;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    // Written only by whoever has the turn.
    private volatile Seen seen = Seen.NOTHING;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Thread worker;

    private record Waiting(List<RouterChange> changes, CompletableFuture<List<Outcome>> done) {}

    private record Seen(RouterView view, Instant at, boolean real) {
        static final Seen NOTHING =
                new Seen(new RouterView(List.of(), List.of(), List.of(), List.of()), Instant.MIN, false);

        Seen outdated() {
            return new Seen(view, Instant.MIN, real);
        }
    }

    RouterLane(Router router, Clock clock, ThreadFactory threads, MeterRegistry meters, EventLog events) {
        this.router = router;
        this.clock = clock;
        this.meters = meters;
        this.events = events;
        this.worker = threads.newThread(this::work);
        worker.setName("router-lane");
        worker.start();
    }

    /** A view of at most this age, read anew if need be; whoever waits for another's read takes its result. */
    RouterView view(Duration maxAge) {
        Instant asked = clock.instant();
        if (isYoung(asked.minus(maxAge))) {
            return seen.view();
        }
        turn.lock();
        try {
            if (isYoung(asked)) {
                return seen.view();
            }
            Instant began = clock.instant();
            return remember(router.read(), began);
        } finally {
            turn.unlock();
        }
    }

    /** Whether there is a last view. */
    boolean hasSeen() {
        return seen.real();
    }

    /** The last view, however old. */
    RouterView lastSeen() {
        return seen.view();
    }

    private boolean isYoung(Instant since) {
        return seen.real() && !seen.at().isBefore(since);
    }

    /** A view is as old as the moment its reading began. */
    private RouterView remember(RouterView view, Instant began) {
        seen = new Seen(view, began, true);
        return view;
    }

    /** Hands changes in and waits until their batch is through; one outcome for each. */
    List<Outcome> apply(List<RouterChange> changes) {
        Waiting waiting = new Waiting(List.copyOf(changes), new CompletableFuture<>());
        queue.add(waiting);
        try {
            return waiting.done().join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof PeerException peer) {
                throw new PeerException(peer.peer(), peer.kind(), String.valueOf(peer.getMessage()), peer);
            }
            throw failure;
        }
    }

    private void work() {
        try {
            while (true) {
                List<Waiting> batch = new ArrayList<>();
                batch.add(queue.take());
                turn.lockInterruptibly();
                try {
                    // Only now is the lane free: whoever came while it was busy rides along.
                    queue.drainTo(batch);
                    run(batch);
                } finally {
                    turn.unlock();
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            fail(drained(), new PeerException(Peer.ROUTER, PeerException.Kind.DOWN, "Berth is stopping"));
        }
    }

    private List<Waiting> drained() {
        List<Waiting> rest = new ArrayList<>();
        queue.drainTo(rest);
        return rest;
    }

    private void run(List<Waiting> batch) {
        List<RouterChange> all =
                batch.stream().flatMap(waiting -> waiting.changes().stream()).toList();
        meters.summary("berth.router.batch").record(all.size());
        try {
            Instant began = clock.instant();
            Router.Applied applied = router.apply(all);
            remember(applied.after(), began);
            meters.counter("berth.router.commits").increment(applied.commits());
            if (applied.commits() > 0) {
                events.add(new Event.RouterCommitted(applied.commits(), all.size()));
            }
            int from = 0;
            for (Waiting waiting : batch) {
                int to = from + waiting.changes().size();
                waiting.done().complete(applied.outcomes().subList(from, to));
                from = to;
            }
        } catch (RuntimeException failure) {
            // Nobody knows what became of the batch: the old view serves only while nothing better can be had.
            seen = seen.outdated();
            fail(batch, failure);
        }
    }

    private static void fail(List<Waiting> batch, RuntimeException failure) {
        batch.forEach(waiting -> waiting.done().completeExceptionally(failure));
    }

    @Override
    public void close() {
        worker.interrupt();
    }
}
