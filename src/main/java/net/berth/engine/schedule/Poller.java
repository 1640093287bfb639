package net.berth.engine.schedule;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Timer;
import net.berth.engine.read.GoneGuests;
import net.berth.engine.read.Reader;
import net.berth.engine.run.Request;
import net.berth.engine.world.World;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.Inventory;
import net.berth.model.Network;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls for new, changed and missing guests, and runs full passes. Hooks alone miss too much. */
public final class Poller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

    private final World world;
    private final Reader reader;
    private final GuestQueue queue;
    private final Runnable pass;
    private final Ipam ipam;
    private final List<Network> networks;
    private final Set<String> wrong = ConcurrentHashMap.newKeySet();
    private final Timer timer;
    private final Duration poll;
    private final Duration resync;
    private volatile boolean closed;

    /**
     * A poller that has not started yet.
     *
     * @param networks the networks that NIPAP must have; what is wrong with one stays in the health until it is not
     */
    public Poller(
            World world,
            Reader reader,
            GuestQueue queue,
            Runnable pass,
            Ipam ipam,
            List<Network> networks,
            Timer timer,
            Duration poll,
            Duration resync) {
        this.world = world;
        this.reader = reader;
        this.queue = queue;
        this.pass = pass;
        this.ipam = ipam;
        this.networks = List.copyOf(networks);
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
            networks.forEach(this::check);
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
        networks.stream().filter(network -> wrong.contains(network.name())).forEach(this::check);
    }

    private void check(Network network) {
        try {
            ipam.check(network);
            wrong.remove(network.name());
        } catch (PeerException problem) {
            boolean refused = problem.kind() == PeerException.Kind.REFUSED;
            // Logged once, as the health shows it as long as it lasts. What does not answer at all is asked by others
            // anyway.
            if (!refused || wrong.add(network.name())) {
                LOG.warn("network {}: {}", network.name(), problem.getMessage());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
