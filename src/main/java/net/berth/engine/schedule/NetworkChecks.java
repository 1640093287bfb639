package net.berth.engine.schedule;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.PeerException;
import net.berth.model.Network;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks NIPAP whether each network is there as it must be; what is not stays in the health until it is. */
public final class NetworkChecks {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkChecks.class);

    private final Ipam ipam;
    private final List<Network> networks;
    private final Set<String> amiss = ConcurrentHashMap.newKeySet();

    /** With the networks of the settings. */
    public NetworkChecks(Ipam ipam, List<Network> networks) {
        this.ipam = ipam;
        this.networks = List.copyOf(networks);
    }

    /** Checks all networks. */
    public void all() {
        networks.forEach(this::check);
    }

    /** Those that were not right: who puts them right looks at the health then, not when the next full pass is due. */
    public void again() {
        networks.stream().filter(network -> amiss.contains(network.name())).forEach(this::check);
    }

    private void check(Network network) {
        try {
            ipam.check(network);
            amiss.remove(network.name());
        } catch (PeerException problem) {
            boolean refused = problem.kind() == PeerException.Kind.REFUSED;
            // Told once, as the health says it as long as it lasts. What does not answer at all is asked by others
            // anyway.
            if (!refused || amiss.add(network.name())) {
                LOG.warn("network {}: {}", network.name(), problem.getMessage());
            }
        }
    }
}
