package net.berth.engine.status;

import net.berth.engine.port.Peer;
import net.berth.engine.port.Router;
import net.berth.model.router.RouterView;

/** A {@link Router} whose calls are counted, timed and noted in the health. */
public record MonitoredRouter(Router target, CallMonitor monitor) implements Router {
    @Override
    public RouterView read() {
        return monitor.call(Peer.ROUTER, "read", target::read);
    }

    @Override
    public Applied apply(Batch batch) {
        return monitor.call(Peer.ROUTER, "apply", () -> target.apply(batch));
    }
}
