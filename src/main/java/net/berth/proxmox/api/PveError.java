package net.berth.proxmox.api;

import java.util.Map;
import java.util.TreeMap;

/** What went wrong with a call, by status and text, because most errors of Proxmox are a plain 500. */
public sealed interface PveError {

    /** The words of Proxmox, or of this client where no answer came. One line. */
    String text();

    /** The config lock was held for longer than the 10 s that Proxmox waits: a start, a stop, another write. */
    record ConfigBusy(String text) implements PveError {}

    /** The config has a {@code lock} property, such as {@code backup}. */
    record GuestLocked(String lock, String text) implements PveError {}

    /** The config changed between the read that gave the digest and this write. */
    record DigestMismatch(String text) implements PveError {}

    /** The guest's config file is not there. */
    record NoSuchConfig(String text) implements PveError {}

    /** A right is missing; path and privilege are empty where the text names none. */
    record Forbidden(String path, String privilege, String text) implements PveError {}

    /** The token is not taken. */
    record Unauthorized(String text) implements PveError {}

    /** The node that answered could not reach the node that was asked for, or got no answer in time (595 to 599). */
    record NodeUnreachable(int status, String text) implements PveError {}

    /** A parameter was refused; with the text for each. */
    record BadParameter(Map<String, String> errors, String text) implements PveError {
        public BadParameter {
            errors = Map.copyOf(errors);
        }

        @Override
        public String text() {
            return errors.isEmpty() ? text : text + " " + new TreeMap<>(errors);
        }
    }

    /** Nothing was sent: no URL could be connected, or none showed a trusted certificate. */
    record NotConnected(String text) implements PveError {}

    /** Sent, but no whole answer came in time: it is not known whether a write was done. */
    record NoAnswer(String text) implements PveError {}

    /** An answer that is not of the protocol. */
    record Garbled(String text) implements PveError {}

    /** Any other error. */
    record Other(int status, String text) implements PveError {}
}
