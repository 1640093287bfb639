package net.berth.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import net.berth.engine.port.PeerException;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.Inventory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks by itself: often for new, gone and changed guests, now and then at everything. Hooks alone miss too much. */
final class Poller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

    private final EngineSettings settings;
    private final Guests guests;
    private final Watch watch;
    private final GuestQueue queue;
    private final NetworkChecks networks;
    private final Runnable resync;
    private final Timer timer;
    private final Clock clock;
    private volatile Instant lastPass = Instant.EPOCH;
    private volatile boolean closed;

    Poller(
            EngineSettings settings,
            Guests guests,
            Watch watch,
            GuestQueue queue,
            NetworkChecks networks,
            Runnable resync,
            Timer timer,
            Clock clock) {
        this.settings = settings;
        this.guests = guests;
        this.watch = watch;
        this.queue = queue;
        this.networks = networks;
        this.resync = resync;
        this.timer = timer;
        this.clock = clock;
    }

    void start() {
        timer.after(Duration.ZERO, this::passAndGoOn);
        timer.after(settings.poll(), this::pollAndGoOn);
    }

    Instant lastPass() {
        return lastPass;
    }

    private void passAndGoOn() {
        Duration next = settings.resync();
        try {
            resync.run();
            lastPass = clock.instant();
        } catch (PeerException failure) {
            LOG.warn("full pass: {}", failure.getMessage());
            next = soon();
        } catch (RuntimeException failure) {
            LOG.error("full pass", failure);
            next = soon();
        }
        goOn(next, this::passAndGoOn);
    }

    /** A pass that failed is not left until the next one is due. */
    private Duration soon() {
        Duration few = settings.poll().multipliedBy(3);
        return few.compareTo(settings.resync()) < 0 ? few : settings.resync();
    }

    private void pollAndGoOn() {
        try {
            poll();
        } catch (PeerException failure) {
            LOG.warn("poll: {}", failure.getMessage());
        } catch (RuntimeException failure) {
            LOG.error("poll", failure);
        }
        goOn(settings.poll(), this::pollAndGoOn);
    }

    private void goOn(Duration pause, Runnable next) {
        if (!closed) {
            timer.after(pause, next);
        }
    }

    private void poll() {
        Set<GuestId> before = watch.missing(Releaser.LISTS);
        Inventory inventory = guests.list();
        Set<GuestId> changed = watch.observe(inventory);
        inventory.guests().stream()
                .filter(entry -> changed.contains(entry.id()))
                // A fresh clone has no status and no name for some seconds; the next poll sees it change.
                .filter(entry -> entry.status() != GuestStatus.UNKNOWN)
                .forEach(entry -> queue.request(entry.id().vmid(), Ask.LOOK));
        watch.missing(Releaser.LISTS).stream()
                .filter(id -> !before.contains(id))
                .forEach(id -> queue.request(id.vmid(), Ask.LOOK));
        networks.again();
    }

    @Override
    public void close() {
        closed = true;
    }
}
