package net.berth.engine.write;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.engine.read.FactReader;
import net.berth.engine.read.Reader;
import net.berth.engine.run.Planning;
import net.berth.engine.run.Run;
import net.berth.engine.status.ChangeLog;
import net.berth.engine.status.Event;
import net.berth.engine.status.EventLog;
import net.berth.engine.world.World;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one lane to the router: runs that wait while it is busy go together into its next session. */
public final class RouterLane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RouterLane.class);

    private final Router router;
    private final World world;
    private final Reader reader;
    private final FactReader facts;
    private final Planning planning;
    private final ChangeLog log;
    private final EventLog events;
    private final DistributionSummary batches;
    private final Counter commits;
    private final LinkedBlockingQueue<List<RouterBatch.Part>> queue = new LinkedBlockingQueue<>();
    private final Thread worker;
    private volatile boolean closed;

    public RouterLane(
            Router router,
            World world,
            Reader reader,
            FactReader facts,
            Planning planning,
            ThreadFactory threads,
            MeterRegistry meters,
            ChangeLog log,
            EventLog events) {
        this.router = router;
        this.world = world;
        this.reader = reader;
        this.facts = facts;
        this.planning = planning;
        this.log = log;
        this.events = events;
        this.batches = DistributionSummary.builder("berth.router.batch.changes")
                .description("Changes that went to the router together")
                .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500)
                .register(meters);
        this.commits = Counter.builder("berth.router.commits")
                .description("Commits on the router")
                .register(meters);
        this.worker = threads.newThread(this::work);
        worker.setName("router-lane");
        worker.start();
    }

    /**
     * Queues runs for the next session on the router, all for one.
     *
     * @return for each run whether its guest is to be read and planned again, as the rows or the router have changed
     *     meanwhile; else all of it is on the router, or the router refused a part, which the run then has
     */
    public Map<Run, CompletableFuture<Boolean>> submit(List<Run> runs) {
        List<RouterBatch.Part> parts = runs.stream().map(RouterBatch.Part::new).toList();
        Map<Run, CompletableFuture<Boolean>> results = new LinkedHashMap<>();
        parts.forEach(part -> results.put(part.run(), part.again()));
        if (!parts.isEmpty()) {
            queue.add(parts);
        }
        if (closed) {
            stopped(parts);
        }
        return results;
    }

    private void work() {
        try {
            while (true) {
                List<List<RouterBatch.Part>> waiting = new ArrayList<>();
                waiting.add(queue.take());
                reader.exclusivelyOnRouter(() -> {
                    // Runs that queued up while the router was busy are in the same session.
                    queue.drainTo(waiting);
                    List<RouterBatch.Part> parts =
                            waiting.stream().flatMap(List::stream).toList();
                    work(new RouterBatch(parts, world, reader, facts, planning, log));
                });
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            queue.forEach(RouterLane::stopped);
        }
    }

    private void work(RouterBatch batch) {
        try {
            Router.Applied applied = router.apply(batch);
            if (batch.size() > 0) {
                batches.record(batch.size());
            }
            if (applied.commits() > 0) {
                commits.increment(applied.commits());
                events.add(new Event.RouterCommitted(applied.commits(), batch.size()));
            }
            batch.settled(applied);
            batch.fail(new IllegalStateException("the router's driver did not say what became of a change"));
        } catch (RuntimeException failure) {
            world.routerUnsure();
            batch.fail(failure);
        } catch (Error failure) {
            // The lane must go on: the runs that wait get the failure, and the next batch its try.
            LOG.error("a session on the router failed", failure);
            world.routerUnsure();
            batch.fail(new IllegalStateException("a session on the router failed: " + failure, failure));
        }
    }

    private static void stopped(List<RouterBatch.Part> parts) {
        PeerException stopping = new PeerException(Peer.ROUTER, PeerException.Kind.DOWN, "Berth is stopping");
        parts.forEach(part -> part.again().completeExceptionally(stopping));
    }

    @Override
    public void close() {
        closed = true;
        worker.interrupt();
    }
}
