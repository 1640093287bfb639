package net.berth.edgemax.ssh;

import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.PeerException.Kind;

/** Makes the exceptions of the router's adapter. */
public final class RouterFailure {
    private RouterFailure() {}

    public static PeerException down(String message) {
        return new PeerException(Peer.ROUTER, Kind.DOWN, message);
    }

    public static PeerException down(String message, Throwable cause) {
        return new PeerException(Peer.ROUTER, Kind.DOWN, message, cause);
    }

    /** For a thread that was interrupted; keeps its mark. */
    static PeerException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return down("stopped while waiting for the router", cause);
    }

    public static PeerException refused(String message) {
        return new PeerException(Peer.ROUTER, Kind.REFUSED, message);
    }

    static PeerException refused(String message, Throwable cause) {
        return new PeerException(Peer.ROUTER, Kind.REFUSED, message, cause);
    }

    public static PeerException garbled(String message) {
        return new PeerException(Peer.ROUTER, Kind.GARBLED, message);
    }
}
