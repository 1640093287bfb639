package net.berth.proxmox.api;

import java.util.function.Supplier;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import org.jspecify.annotations.Nullable;

/** A call to Proxmox that did not succeed. It does not leave this package: the adapter answers or translates it. */
public final class PveException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient PveError error;
    private final String call;

    public PveException(String call, PveError error) {
        this(call, error, null);
    }

    PveException(String call, PveError error, @Nullable Throwable cause) {
        super(call + ": " + error.text(), cause);
        this.call = call;
        this.error = error;
    }

    public PveError error() {
        return error;
    }

    /**
     * The answer of calls.
     *
     * @throws PeerException in place of a {@link PveException}
     */
    public static <T> T translating(Supplier<T> calls) {
        try {
            return calls.get();
        } catch (PveException e) {
            throw e.asPeerException();
        }
    }

    /** The port's exception, with what to do where it is known. */
    public PeerException asPeerException() {
        return new PeerException(Peer.PROXMOX, kind(), "Proxmox: " + explanation(), this);
    }

    /** What was tried, what came back, what to do. */
    public String explanation() {
        return call + ": " + error.text() + advice();
    }

    private PeerException.Kind kind() {
        return switch (error) {
            case PveError.Garbled garbled -> PeerException.Kind.GARBLED;
            case PveError.Unauthorized unauthorized -> PeerException.Kind.REFUSED;
            case PveError.Forbidden forbidden -> PeerException.Kind.REFUSED;
            case PveError.BadParameter badParameter -> PeerException.Kind.REFUSED;
            default -> PeerException.Kind.DOWN;
        };
    }

    private String advice() {
        return switch (error) {
            case PveError.Unauthorized unauthorized ->
                "; check proxmox.token-id and the secret in proxmox.token-file, and that the token has not expired";
            case PveError.Forbidden forbidden ->
                forbidden.privilege().isEmpty()
                        ? "; the token or its user lacks a right"
                        : "; the token and its user both need " + forbidden.privilege() + " on " + forbidden.path();
            case PveError.NodeUnreachable unreachable -> "; the node is down or does not answer";
            default -> "";
        };
    }
}
