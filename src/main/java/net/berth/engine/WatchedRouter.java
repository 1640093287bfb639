package net.berth.engine;

import java.util.List;
import net.berth.engine.port.Peer;
import net.berth.engine.port.Router;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;

/** A {@link Router} whose calls are watched. */
record WatchedRouter(Router target, PeerWatch watch) implements Router {
    @Override
    public RouterView read() {
        return watch.call(Peer.ROUTER, "read", target::read);
    }

    @Override
    public Applied apply(List<RouterChange> changes, Progress progress) {
        return watch.call(Peer.ROUTER, "apply", () -> target.apply(changes, progress));
    }

    @Override
    public void check() {
        watch.call(Peer.ROUTER, "check", () -> {
            target.check();
            return "";
        });
    }
}
