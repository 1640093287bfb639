package net.berth.engine.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Timer;
import net.berth.engine.reconcile.GuestRuns.Settled;
import net.berth.engine.run.Request;
import net.berth.engine.run.Run.Done;
import net.berth.engine.world.World;
import net.berth.engine.write.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run at a time per VMID. Requests that come during a run wait for the next one. After a failure the next run comes
 * by itself after a growing pause, which a new request cuts short.
 */
public final class GuestQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GuestQueue.class);

    /** How many runs go on at once for which no hookscript waits. Starts are never held back by them. */
    private static final int UNHURRIED = 64;

    private final Runner runner;
    private final World world;
    private final Timer timer;
    private final Backoff backoff;
    private final Semaphore unhurried = new Semaphore(UNHURRIED, true);
    private final Map<Integer, Lane> lanes = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** What a run does. */
    @FunctionalInterface
    public interface Runner {
        /** See {@link net.berth.engine.reconcile.GuestRuns#run}. */
        Done run(int vmid, Request request, Consumer<Optional<Settled>> ready);
    }

    /** A queue whose runs are on threads of the timer. */
    public GuestQueue(Runner runner, World world, Timer timer, Backoff backoff) {
        this.runner = runner;
        this.world = world;
        this.timer = timer;
        this.backoff = backoff;
    }

    /**
     * A request that waits.
     *
     * @param ready completed when NIPAP and the router are right; empty when there is no such guest
     * @param done completed when the run is over; the guest's config is written then, or left to a later run
     */
    public record Ticket(CompletableFuture<Optional<Settled>> ready, CompletableFuture<Done> done) {}

    /** Requests a run that begins after now. */
    public Ticket request(int vmid, Request request) {
        Ticket ticket = new Ticket(new CompletableFuture<>(), new CompletableFuture<>());
        lanes.compute(vmid, (key, lane) -> {
            Lane open = lane == null ? new Lane(vmid) : lane;
            open.add(ticket, request);
            return open;
        });
        return ticket;
    }

    /** Requests a run after a pause, unless one comes before. */
    public void requestLater(int vmid, Duration pause, Request request) {
        lanes.compute(vmid, (key, lane) -> {
            Lane open = lane == null ? new Lane(vmid) : lane;
            open.later(pause, request);
            return open;
        });
    }

    @Override
    public void close() {
        closed = true;
        lanes.values().forEach(Lane::stop);
    }

    /** One VMID: idle, running, or waiting for its next run by itself. */
    private final class Lane {
        private final int vmid;

        // One list for the lane's whole life: garbage lists would keep old reports alive until a full collection.
        private final List<Ticket> waiting = new ArrayList<>(1);
        private Request next = Request.LOOK;
        private boolean running;
        private int failures;
        private Timer.Cancellable alarm = () -> {};
        private boolean alarmed;
        private boolean exists = true;

        Lane(int vmid) {
            this.vmid = vmid;
        }

        synchronized void add(Ticket ticket, Request request) {
            next = waiting.isEmpty() ? request : next.and(request);
            waiting.add(ticket);
            cancelAlarm();
            if (!running && !closed) {
                running = true;
                Thread thread = timer.threads().newThread(this::loop);
                thread.setName("guest-" + vmid);
                thread.start();
            }
        }

        synchronized void later(Duration pause, Request request) {
            if (!running && waiting.isEmpty() && !alarmed) {
                runAgain(pause, request);
            }
        }

        synchronized void stop() {
            alarm.cancel();
        }

        private void loop() {
            do {
                runOnce();
            } while (isRequested());
            // Lanes of VMIDs that do not exist must not accumulate.
            lanes.computeIfPresent(vmid, (key, lane) -> lane.isNeeded() ? lane : null);
        }

        private synchronized boolean isNeeded() {
            return running || exists || alarmed;
        }

        private void runOnce() {
            boolean hurried = isStart();
            if (!hurried) {
                unhurried.acquireUninterruptibly();
            }
            try {
                run();
            } finally {
                if (!hurried) {
                    unhurried.release();
                }
            }
        }

        private synchronized boolean isStart() {
            return next.starting();
        }

        private void run() {
            List<Ticket> served;
            Request request;
            synchronized (this) {
                served = List.copyOf(waiting);
                request = next;
                waiting.clear();
                next = Request.LOOK;
            }
            try {
                Done done = runner.run(vmid, request, settled -> {
                    found(settled.isPresent());
                    served.forEach(ticket -> ticket.ready().complete(settled));
                });
                succeeded(done, request);
                served.forEach(ticket -> ticket.done().complete(done));
            } catch (RuntimeException | Error problem) {
                // Also for an error the lane goes on: otherwise this guest would have no run until a restart.
                failed(problem);
                served.forEach(ticket -> {
                    ticket.ready().completeExceptionally(problem);
                    ticket.done().completeExceptionally(problem);
                });
            }
        }

        private synchronized void found(boolean there) {
            exists = there;
        }

        private synchronized void succeeded(Done done, Request request) {
            failures = 0;
            noteFailure("");
            if (!done.again().isZero()) {
                runAgain(done.again(), new Request(Request.Why.LOOK, request.writeBack() && done.writesWait()));
            }
        }

        private synchronized void failed(Throwable problem) {
            String text = String.valueOf(problem.getMessage());
            noteFailure(text);
            Duration pause = backoff.after(failures++);
            if (problem instanceof PeerException) {
                LOG.warn("guest {}: {}; next try in {} s", vmid, text, pause.toMillis() / 1000.0);
            } else {
                LOG.error("guest {}: next try in {} s", vmid, pause.toMillis() / 1000.0, problem);
            }
            runAgain(pause, Request.LOOK);
        }

        private void noteFailure(String text) {
            world.numbered(vmid).forEach(record -> record.failure(text));
        }

        private void runAgain(Duration pause, Request request) {
            if (!closed) {
                alarm = timer.after(pause, () -> request(vmid, request));
                alarmed = true;
            }
        }

        private void cancelAlarm() {
            alarm.cancel();
            alarmed = false;
        }

        /** Whether another run is requested; the thread ends when none is. */
        private synchronized boolean isRequested() {
            running = !waiting.isEmpty() && !closed;
            if (running) {
                cancelAlarm();
            }
            return running;
        }
    }
}
