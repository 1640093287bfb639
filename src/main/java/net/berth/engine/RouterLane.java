package net.berth.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.engine.port.Router.Outcome;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;
import org.jspecify.annotations.Nullable;

/**
 * The one lane to the router. What waits while it is busy goes together into its next commit, and its last view is kept
 * so that a settled guest's start does not ask it anything.
 */
final class RouterLane implements AutoCloseable {
    private final Router router;
    private final Clock clock;
    private final DistributionSummary batches;
    private final Counter commits;
    private final EventLog events;
    private final LinkedBlockingQueue<RouterBatch.Waiting> queue = new LinkedBlockingQueue<>();
    // Written only by whoever has the turn.
    private volatile Seen seen = Seen.NOTHING;
    private final AtomicInteger reads = new AtomicInteger();
    // Touched only by whoever has the turn.
    private @Nullable PeerException lastFailure;
    private int failedRead;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Thread worker;

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
        this.batches = DistributionSummary.builder("berth.router.batch.changes")
                .description("Changes that went to the router together")
                .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500)
                .register(meters);
        this.commits = Counter.builder("berth.router.commits")
                .description("Commits on the router")
                .register(meters);
        this.events = events;
        this.worker = threads.newThread(this::work);
        worker.setName("router-lane");
        worker.start();
    }

    /** A view of at most this age, read anew if need be; whoever waits for another's read takes its result. */
    RouterView view(Duration maxAge) {
        return view(maxAge, Instant.MIN);
    }

    /** The same for one that was not read before a time either. */
    RouterView view(Duration maxAge, Instant notBefore) {
        int before = reads.get();
        Instant asked = clock.instant();
        Instant oldest = asked.minus(maxAge);
        if (isYoung(oldest.isBefore(notBefore) ? notBefore : oldest)) {
            return seen.view();
        }
        turn.lock();
        try {
            if (isYoung(asked)) {
                return seen.view();
            }
            PeerException failure = lastFailure;
            if (failure != null && failedRead > before) {
                // Else hundreds who wait for a router that hangs would each wait once more, one behind the other.
                throw failure;
            }
            return read();
        } finally {
            turn.unlock();
        }
    }

    private RouterView read() {
        int number = reads.incrementAndGet();
        Instant began = clock.instant();
        try {
            return remember(router.read(), began);
        } catch (PeerException failure) {
            lastFailure = failure;
            failedRead = number;
            throw failure;
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

    /** Hands changes in and waits until it is known what became of each; the rest of their batch may still be at work. */
    List<Outcome> apply(List<RouterChange> changes) {
        RouterBatch.Waiting waiting = new RouterBatch.Waiting(changes);
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

    /** How many guests wait for the next batch. */
    int waiting() {
        return queue.size();
    }

    private void work() {
        try {
            while (true) {
                List<RouterBatch.Waiting> waiting = new ArrayList<>();
                waiting.add(queue.take());
                turn.lockInterruptibly();
                try {
                    // Only now is the lane free: whoever came while it was busy rides along.
                    queue.drainTo(waiting);
                    run(new RouterBatch(waiting));
                } finally {
                    turn.unlock();
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            List<RouterBatch.Waiting> rest = new ArrayList<>();
            queue.drainTo(rest);
            new RouterBatch(rest).fail(new PeerException(Peer.ROUTER, PeerException.Kind.DOWN, "Berth is stopping"));
        }
    }

    private void run(RouterBatch batch) {
        batches.record(batch.changes().size());
        try {
            AtomicReference<Instant> began = new AtomicReference<>(clock.instant());
            Router.Applied applied = router.apply(batch.changes(), (outcomes, after) -> {
                // First the view: whoever is told looks at it at once, and must not wait for the rest of the batch.
                remember(after, began.getAndSet(clock.instant()));
                batch.settled(outcomes);
            });
            remember(applied.after(), began.getAndSet(clock.instant()));
            commits.increment(applied.commits());
            if (applied.commits() > 0) {
                events.add(new Event.RouterCommitted(
                        applied.commits(), batch.changes().size()));
            }
            batch.settled(applied.outcomes());
        } catch (RuntimeException failure) {
            // Nobody knows what became of the batch: the old view serves only while nothing better can be had.
            seen = seen.outdated();
            batch.fail(failure);
        }
    }

    @Override
    public void close() {
        worker.interrupt();
    }
}
