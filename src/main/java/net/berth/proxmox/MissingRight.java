package net.berth.proxmox;

import java.util.List;

/**
 * A right that the configuration in use needs and Berth does not have.
 *
 * @param privilege its name in the outside system, such as {@code VM.Audit}
 * @param without what does not work without it
 * @param grant the commands that give it, as root on a node
 */
public record MissingRight(String privilege, String path, String without, Weight weight, List<String> grant) {

    /** How much a missing right matters. */
    public enum Weight {
        /** Guests are not managed. */
        VITAL,
        /** Berth is more careful, or slower, than with it. */
        HELPFUL,
        /** Berth shows less. */
        OPTIONAL
    }

    /** In one line: {@code VM.Audit on /vms is missing: ...}. */
    public String text() {
        return privilege + " on " + path + " is missing: " + without;
    }
}
