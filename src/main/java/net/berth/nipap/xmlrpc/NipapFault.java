package net.berth.nipap.xmlrpc;

/** NIPAP's own refusal: a fault with its code and text, sorted by what to do about it. */
public final class NipapFault extends NipapException {
    private static final long serialVersionUID = 1L;

    private final FaultKind kind;
    private final int code;
    private final String text;

    public NipapFault(String method, int code, String text) {
        this(method, code, text, FaultKind.of(code, text));
    }

    private NipapFault(String method, int code, String text, FaultKind kind) {
        super("NIPAP refused " + method + " (fault " + code + "): " + text + " - " + kind.advice(), null);
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

    @Override
    public boolean retryable() {
        return kind.retryable();
    }

    @Override
    public boolean mayHaveHappened() {
        return kind == FaultKind.DUPLICATE || kind.retryable();
    }
}
