package net.berth.nipap.xmlrpc;

import org.jspecify.annotations.Nullable;

/** Something answered, but not with an XML-RPC answer that is safe and complete. Trying again will not help. */
public final class NipapGarbled extends NipapException {
    private static final long serialVersionUID = 1L;

    public NipapGarbled(String message, @Nullable Throwable cause) {
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
