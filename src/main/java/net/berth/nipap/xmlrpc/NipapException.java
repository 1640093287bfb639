package net.berth.nipap.xmlrpc;

import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import org.jspecify.annotations.Nullable;

/** A call to NIPAP without a usable answer. The three kinds differ in what is known afterwards. */
public abstract sealed class NipapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String message;
    private final PeerException.Kind peerKind;
    private final boolean retryable;
    private final boolean mayHaveHappened;

    NipapException(
            String message,
            PeerException.Kind peerKind,
            boolean retryable,
            boolean mayHaveHappened,
            @Nullable Throwable cause) {
        super(message, cause);
        this.message = message;
        this.peerKind = peerKind;
        this.retryable = retryable;
        this.mayHaveHappened = mayHaveHappened;
    }

    /** What was tried, what came back, and where it helps what to do about it; never a secret. */
    @Override
    public final String getMessage() {
        return message;
    }

    /** This failure as the port's callers know it. */
    public final PeerException asPeerException() {
        return new PeerException(Peer.NIPAP, peerKind, message, this);
    }

    /** Whether this is NIPAP's refusal of this kind. */
    public final boolean is(FaultKind kind) {
        return this instanceof Fault fault && fault.kind() == kind;
    }

    /** Whether the same call may succeed when it is made again a little later. */
    public final boolean retryable() {
        return retryable;
    }

    /**
     * Whether NIPAP may have carried out a write although the call failed: look before writing again. Also true for
     * some faults, as nipapd runs a statement again after losing its database (backend.py, _execute).
     */
    public final boolean mayHaveHappened() {
        return mayHaveHappened;
    }

    /** NIPAP's own refusal: a fault with its code and text, sorted by what to do about it. */
    public static final class Fault extends NipapException {
        private static final long serialVersionUID = 1L;

        private final FaultKind kind;
        private final int code;
        private final String text;

        public Fault(String method, int code, String text) {
            this(method, code, text, FaultKind.of(code, text));
        }

        private Fault(String method, int code, String text, FaultKind kind) {
            super(
                    "NIPAP refused " + method + " (fault " + code + "): " + text + " - " + kind.advice(),
                    kind.retryable() ? PeerException.Kind.DOWN : PeerException.Kind.REFUSED,
                    kind.retryable(),
                    kind == FaultKind.DUPLICATE || kind.retryable(),
                    null);
            this.kind = kind;
            this.code = code;
            this.text = text;
        }

        public FaultKind kind() {
            return kind;
        }

        public int code() {
            return code;
        }

        /** NIPAP's own words. */
        public String text() {
            return text;
        }
    }

    /** No whole answer came. */
    public static final class Unanswered extends NipapException {
        private static final long serialVersionUID = 1L;

        /** How the answer failed to come. */
        public enum How {
            /** No connection came about, so NIPAP cannot have read the call. */
            NOT_SENT(true, false),
            /** The connection ended before the answer did. */
            BROKEN_OFF(true, true),
            LATE(true, true),
            /** The writes before it took too long; it was not sent. */
            QUEUED(false, false),
            /** The waiting thread was interrupted. */
            STOPPED(false, true);

            private final boolean retryable;
            private final boolean mayHaveHappened;

            How(boolean retryable, boolean mayHaveHappened) {
                this.retryable = retryable;
                this.mayHaveHappened = mayHaveHappened;
            }
        }

        private final How how;

        public Unanswered(String message, How how, @Nullable Throwable cause) {
            super(message, PeerException.Kind.DOWN, how.retryable, how.mayHaveHappened, cause);
            this.how = how;
        }

        public How how() {
            return how;
        }
    }

    /** An answer came, but not an XML-RPC answer that is safe and complete. Trying again will not help. */
    public static final class Garbled extends NipapException {
        private static final long serialVersionUID = 1L;

        public Garbled(String message, @Nullable Throwable cause) {
            super(message, PeerException.Kind.GARBLED, false, true, cause);
        }
    }
}
