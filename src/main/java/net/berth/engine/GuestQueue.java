package net.berth.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import net.berth.engine.GuestWork.Done;
import net.berth.engine.GuestWork.Settled;
import net.berth.engine.port.PeerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run at a time per guest. What comes during a run is gathered for the next one; after a failure or a wait the next
 * run comes by itself after a growing pause, which a new event cuts short. No guest waits for another.
 */
final class GuestQueue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GuestQueue.class);
    /** More than a storm of starts has, so that all of them can wait for the router's same commit. */
    private static final int AT_ONCE = 256;

    private final GuestWork work;
    private final Timer timer;
    private final Backoff backoff;
    private final RunSlots slots = new RunSlots(AT_ONCE);
    private final Map<Integer, Lane> lanes = new ConcurrentHashMap<>();
    private volatile boolean closed;

    GuestQueue(GuestWork work, Timer timer, Backoff backoff) {
        this.work = work;
        this.timer = timer;
        this.backoff = backoff;
    }

    /**
     * What a request is told.
     *
     * @param ready NIPAP and the router are as they should be; empty when there is no such guest
     * @param done the run is over, the guest's config included or left to a later run
     */
    record Ticket(CompletableFuture<Optional<Settled>> ready, CompletableFuture<Void> done) {}

    /** Asks for a run that begins after now. */
    Ticket request(int vmid, Ask ask) {
        Ticket ticket = new Ticket(new CompletableFuture<>(), new CompletableFuture<>());
        lanes.compute(vmid, (key, lane) -> {
            Lane open = lane == null ? new Lane(vmid) : lane;
            open.add(ticket, ask);
            return open;
        });
        return ticket;
    }

    /** Why the last run of a guest failed; empty when it did not. */
    Optional<String> failure(int vmid) {
        return Optional.ofNullable(lanes.get(vmid)).map(Lane::failure).filter(text -> !text.isEmpty());
    }

    @Override
    public void close() {
        closed = true;
        lanes.values().forEach(Lane::stop);
    }

    /** One guest's state: idle, running, or waiting for its next run by itself. */
    private final class Lane {
        private final int vmid;
        // One list for good: an old one that still holds tickets keeps their reports until the whole heap is collected.
        private final List<Ticket> waiting = new ArrayList<>(1);
        private Ask next = Ask.LOOK;
        private boolean running;
        private Runnable hurry = () -> {};
        private int failures;
        private String failure = "";
        private Timer.Cancellable alarm = () -> {};
        private boolean waitsForAlarm;
        private boolean exists = true;

        Lane(int vmid) {
            this.vmid = vmid;
        }

        synchronized void add(Ticket ticket, Ask ask) {
            next = waiting.isEmpty() ? ask : next.and(ask);
            waiting.add(ticket);
            if (ask.starting()) {
                hurry.run();
            }
            alarm.cancel();
            waitsForAlarm = false;
            if (!running && !closed) {
                running = true;
                Thread thread = timer.threads().newThread(this::loop);
                thread.setName("guest-" + vmid);
                thread.start();
            }
        }

        synchronized String failure() {
            return failure;
        }

        synchronized void stop() {
            alarm.cancel();
        }

        private void loop() {
            do {
                runOnce();
            } while (!rest());
            // Numbers of guests that are not there must not gather.
            lanes.computeIfPresent(vmid, (key, lane) -> lane.isNeeded() ? lane : null);
        }

        private synchronized boolean isNeeded() {
            return running || exists || waitsForAlarm;
        }

        private void runOnce() {
            queueUp().await();
            List<Ticket> served;
            Ask ask;
            synchronized (this) {
                hurry = () -> {};
                served = List.copyOf(waiting);
                ask = next;
                waiting.clear();
                next = Ask.LOOK;
            }
            try {
                Done done = work.run(vmid, ask, settled -> {
                    found(settled.isPresent());
                    served.forEach(ticket -> ticket.ready().complete(settled));
                });
                succeeded(done.again(), ask.writeBack() && done.writesWait());
                served.forEach(ticket -> ticket.done().complete(null));
            } catch (RuntimeException problem) {
                failed(problem);
                served.forEach(ticket -> {
                    ticket.ready().completeExceptionally(problem);
                    ticket.done().completeExceptionally(problem);
                });
            } finally {
                slots.release();
            }
        }

        private synchronized RunSlots.Place queueUp() {
            RunSlots.Place queued = slots.queue(next.starting());
            hurry = () -> slots.hurry(queued);
            return queued;
        }

        private synchronized void found(boolean there) {
            exists = there;
        }

        private synchronized void succeeded(Duration again, boolean writeBack) {
            failures = 0;
            failure = "";
            if (!again.isZero()) {
                runAgain(again, new Ask(false, writeBack, false));
            }
        }

        private synchronized void failed(RuntimeException problem) {
            failure = String.valueOf(problem.getMessage());
            Duration pause = backoff.after(failures++);
            if (problem instanceof PeerException) {
                LOG.warn("guest {}: {}; next try in {} s", vmid, failure, pause.toMillis() / 1000.0);
            } else {
                LOG.error("guest {}: next try in {} s", vmid, pause.toMillis() / 1000.0, problem);
            }
            runAgain(pause, Ask.LOOK);
        }

        private void runAgain(Duration pause, Ask ask) {
            if (!closed) {
                alarm = timer.after(pause, () -> request(vmid, ask));
                waitsForAlarm = true;
            }
        }

        /** True when nothing waits; the thread ends then. */
        private synchronized boolean rest() {
            running = !waiting.isEmpty() && !closed;
            if (running) {
                alarm.cancel();
                waitsForAlarm = false;
            }
            return !running;
        }
    }
}
