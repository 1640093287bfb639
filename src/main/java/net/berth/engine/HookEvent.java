package net.berth.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a hookscript reports. It is a hint: everything that matters is read from Proxmox.
 *
 * @param node the node that runs the hook
 * @param migratedFrom the source node of an incoming live migration; empty otherwise
 */
public record HookEvent(int vmid, Phase phase, String node, String migratedFrom) {

    /** The four phases of Proxmox's hookscripts. */
    public enum Phase {
        PRE_START,
        POST_START,
        PRE_STOP,
        POST_STOP;

        /** The phase with Proxmox's word, such as {@code pre-start}; empty for any other word. */
        public static Optional<Phase> of(String word) {
            return Arrays.stream(values())
                    .filter(phase -> phase.toString().equals(word))
                    .findFirst();
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Whether this is the target's side of a live migration: the guest runs on elsewhere. */
    public boolean migration() {
        return !migratedFrom.isEmpty();
    }
}
