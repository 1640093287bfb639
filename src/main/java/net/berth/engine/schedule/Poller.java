package net.berth.engine.schedule;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Timer;
import net.berth.engine.read.GoneGuests;
import net.berth.engine.read.NetworkChecks;
import net.berth.engine.read.Reader;
import net.berth.engine.run.Request;
import net.berth.engine.world.World;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.Inventory;
import net.berth.plan.Conflict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls for new, changed and missing guests, and runs full passes. Hooks alone miss too much. */
public final class Poller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

    private final World world;
    private final Reader reader;
    private final GuestQueue queue;
    private final Runnable pass;
    private final NetworkChecks checks;
    private final Timer timer;
    private final Duration poll;
    private final Duration resync;
    private volatile boolean closed;

    /** A poller that has not started yet. */
    public Poller(
            World world,
            Reader reader,
            GuestQueue queue,
            Runnable pass,
            NetworkChecks checks,
            Timer timer,
            Duration poll,
            Duration resync) {
        this.world = world;
        this.reader = reader;
        this.queue = queue;
        this.pass = pass;
        this.checks = checks;
        this.timer = timer;
        this.poll = poll;
        this.resync = resync;
    }

    /** Starts with a full pass. */
    public void start() {
        timer.after(Duration.ZERO, this::passAndGoOn);
        timer.after(poll, this::pollAndGoOn);
    }

    private void passAndGoOn() {
        boolean done = succeeds("full pass", () -> {
            checks.all();
            pass.run();
            world.pass().ended(world.now());
        });
        Duration soon = poll.multipliedBy(3);
        goOn(done || soon.compareTo(resync) > 0 ? resync : soon, this::passAndGoOn);
    }

    private void pollAndGoOn() {
        succeeds("poll", this::poll);
        goOn(poll, this::pollAndGoOn);
    }

    /** Also after an error the loop goes on. */
    private static boolean succeeds(String what, Runnable task) {
        try {
            task.run();
            return true;
        } catch (PeerException failure) {
            LOG.warn("{}: {}", what, failure.getMessage());
        } catch (RuntimeException | Error failure) {
            LOG.error("{}", what, failure);
        }
        return false;
    }

    private void goOn(Duration pause, Runnable next) {
        if (!closed) {
            timer.after(pause, next);
        }
    }

    private void poll() {
        Set<GuestId> missingBefore = world.lists().missing(GoneGuests.LISTS);
        Inventory inventory = reader.list();
        Set<GuestId> changed = world.lists().polled(inventory);
        inventory.guests().stream()
                .filter(entry -> changed.contains(entry.id()))
                // A clone has no status and no name for some seconds; the next poll sees it change.
                .filter(entry -> entry.status() != GuestStatus.UNKNOWN)
                .forEach(entry -> queue.request(entry.id().vmid(), Request.LOOK));
        world.lists().missing(GoneGuests.LISTS).stream()
                .filter(id -> !missingBefore.contains(id))
                .forEach(id -> queue.request(id.vmid(), Request.LOOK));
        // An operator who has corrected one looks at the health then, not when the next full pass is due.
        List<Conflict> over = checks.wrong();
        world.guests().stream()
                .filter(record -> record.report()
                        .filter(report -> report.conflicts().stream().anyMatch(over::contains))
                        .isPresent())
                .forEach(record -> queue.request(record.id().vmid(), Request.LOOK));
    }

    @Override
    public void close() {
        closed = true;
    }
}
