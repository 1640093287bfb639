package net.berth.edgemax.ssh;

import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;

/** Makes the exceptions of this package, so that each names the router in the same way. */
public final class RouterFailure {
    private RouterFailure() {}

    public static PeerException down(String message) {
        return new PeerException(Peer.ROUTER, PeerException.Kind.DOWN, message);
    }

    static PeerException down(String message, Throwable cause) {
        return new PeerException(Peer.ROUTER, PeerException.Kind.DOWN, message, cause);
    }

    static PeerException refused(String message, Throwable cause) {
        return new PeerException(Peer.ROUTER, PeerException.Kind.REFUSED, message, cause);
    }

    public static PeerException refused(String message) {
        return new PeerException(Peer.ROUTER, PeerException.Kind.REFUSED, message);
    }

    public static PeerException garbled(String message) {
        return new PeerException(Peer.ROUTER, PeerException.Kind.GARBLED, message);
    }
}
