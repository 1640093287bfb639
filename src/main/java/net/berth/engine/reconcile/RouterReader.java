package net.berth.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import net.berth.engine.port.Router;
import net.berth.engine.report.Seen;
import net.berth.engine.world.World;
import net.berth.model.router.RouterView;

/** Reads the router, one read at a time and never during a session that writes; several callers share a read. */
final class RouterReader {
    private final Router router;
    private final World world;
    private final SharedRead reading = new SharedRead();

    RouterReader(Router router, World world) {
        this.router = router;
        this.world = world;
    }

    /**
     * A view of at most this age that was not read before a time; read now if there is none.
     *
     * @throws net.berth.engine.port.PeerException when it must be read and the router does not answer
     */
    RouterView view(Duration maxAge, Instant notBefore) {
        Instant oldest = world.now().minus(maxAge);
        Instant limit = oldest.isBefore(notBefore) ? notBefore : oldest;
        return reading.get(
                () -> world.router().last().filter(seen -> seen.since(limit)).map(Seen::value), this::read);
    }

    private RouterView read() {
        Instant began = world.now();
        RouterView view = router.read();
        world.router().read(view, began);
        return view;
    }

    /** Runs a session that no read may overlap. */
    void exclusively(Runnable session) {
        reading.exclusively(session);
    }
}
