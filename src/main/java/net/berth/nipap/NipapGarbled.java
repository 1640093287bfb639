package net.berth.nipap;

import org.jspecify.annotations.Nullable;

/** Something answered, but not with an XML-RPC answer that is safe and complete. Trying again will not help. */
public final class NipapGarbled extends NipapException {
    private static final long serialVersionUID = 1L;

    NipapGarbled(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean retryable() {
        return false;
    }

    @Override
    public boolean mayHaveHappened() {
        return true;
    }
}
