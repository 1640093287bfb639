package net.berth.nipap.xmlrpc;

import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import org.jspecify.annotations.Nullable;

/** A call to NIPAP that did not end in an answer to use. The three kinds differ in what is known afterwards. */
public abstract sealed class NipapException extends RuntimeException permits NipapFault, NipapUnanswered, NipapGarbled {
    private static final long serialVersionUID = 1L;

    private final String message;

    NipapException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    /** What was tried, what came back, and where it helps what to do about it; never a secret. */
    @Override
    public String getMessage() {
        return message;
    }

    /** This failure as the port's callers know it. */
    public final PeerException asPeerException() {
        PeerException.Kind kind =
                switch (this) {
                    case NipapGarbled garbled -> PeerException.Kind.GARBLED;
                    case NipapUnanswered unanswered -> PeerException.Kind.DOWN;
                    case NipapFault fault -> fault.retryable() ? PeerException.Kind.DOWN : PeerException.Kind.REFUSED;
                };
        return new PeerException(Peer.NIPAP, kind, message, this);
    }

    /** Whether the same call may succeed when made again a little later. */
    public abstract boolean retryable();

    /**
     * Whether NIPAP may have carried out a write although the call failed: look before writing again. Also true for
     * some faults, as nipapd runs a statement again after losing its database (backend.py, _execute).
     */
    public abstract boolean mayHaveHappened();
}
