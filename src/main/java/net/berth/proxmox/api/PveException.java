package net.berth.proxmox.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import org.jspecify.annotations.Nullable;

/** A call to Proxmox that did not succeed. It does not leave this package: the adapter answers or translates it. */
public final class PveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final Pattern CONFIG_BUSY = Pattern.compile("can't lock file '[^']*' - got timeout");
    private static final Pattern LOCKED = Pattern.compile("(?:VM|CT) is locked \\(([^)]*)\\)");
    // qemu-server; its older spelling had a double s.
    private static final Pattern CHECKSUM = Pattern.compile("checksum miss?match \\(file change by other user\\?\\)");
    private static final Pattern MODIFIED = Pattern.compile("detected modified configuration");
    private static final Pattern NO_CONFIG = Pattern.compile("[Cc]onfiguration file '[^']*' does not exist");
    private static final Pattern PERMISSION = Pattern.compile("Permission check failed \\(([^,)]*), ([^)]*)\\)");

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

    /** The answer of calls; throws {@link PeerException} in place of a {@link PveException}. */
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

    /**
     * The error of an answer that is no success, by status and text. The text is {@code message} in the body, or the
     * reason phrase where the body has none: pve-http-server before 5.2.0 (January 2025) gives it nowhere else.
     *
     * @param body the parsed body, or a missing node when it is empty or no JSON
     */
    static PveError classify(int status, String reason, JsonNode body) {
        String text = text(status, reason, body);
        return switch (status) {
            case 400 -> new PveError.BadParameter(errors(body), text);
            case 401 -> new PveError.Unauthorized(text);
            case 403 -> forbidden(text);
            case 595, 596, 597, 598, 599 -> new PveError.NodeUnreachable(status, text);
            default -> byText(status, text);
        };
    }

    private static String text(int status, String reason, JsonNode body) {
        String message = body.path("message").asText("").strip();
        String text = message.isEmpty() ? reason.strip() : message;
        return text.isEmpty() ? "HTTP status " + status : text.replaceAll("\\s*\\R\\s*", "; ");
    }

    private static PveError forbidden(String text) {
        Matcher named = PERMISSION.matcher(text);
        return named.find()
                ? new PveError.Forbidden(named.group(1), named.group(2), text)
                : new PveError.Forbidden("", "", text);
    }

    private static PveError byText(int status, String text) {
        if (CONFIG_BUSY.matcher(text).find()) {
            return new PveError.ConfigBusy(text);
        }
        Matcher locked = LOCKED.matcher(text);
        if (locked.find()) {
            return new PveError.GuestLocked(locked.group(1), text);
        }
        if (CHECKSUM.matcher(text).find() || MODIFIED.matcher(text).find()) {
            return new PveError.DigestMismatch(text);
        }
        return NO_CONFIG.matcher(text).find() ? new PveError.NoSuchConfig(text) : new PveError.Other(status, text);
    }

    private static Map<String, String> errors(JsonNode body) {
        Map<String, String> errors = new HashMap<>();
        body.path("errors")
                .properties()
                .forEach(error -> errors.put(
                        error.getKey(), error.getValue().asText().strip().replaceAll("\\s*\\R\\s*", "; ")));
        return errors;
    }
}
