package net.berth.engine;

import java.time.Duration;
import java.util.List;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.model.ReservedNames;

/**
 * What the engine needs to know from the settings.
 *
 * @param cluster the Proxmox cluster's name, a part of every guest's identity
 * @param policy what Berth may do with guests
 * @param names the names that no guest gets because it asks for them, but for those of the cluster's nodes
 * @param poll how often it looks for new, gone and changed guests
 * @param resync how often it compares everything
 */
public record EngineSettings(
        String cluster, List<Network> networks, Policy policy, ReservedNames names, Duration poll, Duration resync) {
    /** Copies the list. */
    public EngineSettings {
        networks = List.copyOf(networks);
    }
}
