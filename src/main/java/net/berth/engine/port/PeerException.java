package net.berth.engine.port;

import net.berth.model.ShownText;

/**
 * An outside system did not do what was asked. The message is for the operator: what was tried, what came back, and for
 * {@link Kind#REFUSED} what to do about it. It never holds a secret, and is of bounded length.
 */
public final class PeerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What the failure means for the caller. */
    public enum Kind {
        /** No answer, or one that says "not now": may work later, and a write may have been done or not. */
        DOWN,
        /** A retry would get this answer again: rights, credentials, host key, a missing prefix. */
        REFUSED,
        /** An answer that is not of the protocol: treated like {@link #DOWN}, but shown as its own kind in health. */
        GARBLED
    }

    private final Peer peer;
    private final Kind kind;

    /** With the cause. */
    public PeerException(Peer peer, Kind kind, String message, Throwable cause) {
        super(ShownText.MESSAGE.cut(message), cause);
        this.peer = peer;
        this.kind = kind;
    }

    /** Without a cause. */
    public PeerException(Peer peer, Kind kind, String message) {
        super(ShownText.MESSAGE.cut(message));
        this.peer = peer;
        this.kind = kind;
    }

    /** Which system. */
    public Peer peer() {
        return peer;
    }

    /** What it means. */
    public Kind kind() {
        return kind;
    }
}
