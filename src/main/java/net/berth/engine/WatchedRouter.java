package net.berth.engine;

import net.berth.model.RouterView;

/** A {@link Router} whose calls are watched. */
record WatchedRouter(Router target, PeerWatch watch) implements Router {
    @Override
    public RouterView read() {
        return watch.call(Peer.ROUTER, "read", target::read);
    }

    @Override
    public Applied apply(Batch batch) {
        return watch.call(Peer.ROUTER, "apply", () -> target.apply(batch));
    }
}
