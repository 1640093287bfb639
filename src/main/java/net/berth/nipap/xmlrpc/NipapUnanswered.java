package net.berth.nipap.xmlrpc;

import org.jspecify.annotations.Nullable;

/** No whole answer came: refused, cut, reset, or later than the deadline. */
public final class NipapUnanswered extends NipapException {
    private static final long serialVersionUID = 1L;

    /** How the answer failed to come. */
    public enum How {
        /** No connection came about, so NIPAP cannot have read the call. */
        NOT_SENT,
        /** The connection ended before the answer did. */
        BROKEN_OFF,
        /** The deadline passed. */
        LATE,
        /** The writes before it took too long; it was not sent. */
        QUEUED,
        /** The waiting thread was told to stop. */
        STOPPED
    }

    private final How how;

    public NipapUnanswered(String message, How how, @Nullable Throwable cause) {
        super(message, cause);
        this.how = how;
    }

    public How how() {
        return how;
    }

    @Override
    public boolean retryable() {
        return how != How.STOPPED && how != How.QUEUED;
    }

    /** False only when the call was not sent or no connection came about, so that NIPAP cannot have read it. */
    @Override
    public boolean mayHaveHappened() {
        return how != How.NOT_SENT && how != How.QUEUED;
    }
}
