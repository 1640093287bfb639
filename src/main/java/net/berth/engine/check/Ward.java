package net.berth.engine.check;

import java.util.List;

/**
 * The checks of one system.
 *
 * @param system its word, such as {@code proxmox}
 * @param gate the check without which the others say nothing: does it answer
 * @param checks the others, in the order they are told
 */
public record Ward(String system, Check gate, List<Check> checks) {

    /** Copies the list. */
    public Ward {
        checks = List.copyOf(checks);
    }
}
