package net.berth.engine.read;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.PeerException;
import net.berth.engine.world.World;
import net.berth.model.Network;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks whether NIPAP can have addresses of each network. What is wrong is logged once, and stays in the health until it is not. */
public final class NetworkChecks {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkChecks.class);

    private final World world;
    private final Ipam ipam;
    private final List<Network> networks;
    private final Set<String> checked = ConcurrentHashMap.newKeySet();
    private final Set<String> wrong = ConcurrentHashMap.newKeySet();

    /** With the networks of the settings. */
    public NetworkChecks(World world, Ipam ipam, List<Network> networks) {
        this.world = world;
        this.ipam = ipam;
        this.networks = List.copyOf(networks);
    }

    /** Checks each network. */
    public void all() {
        networks.forEach(this::check);
    }

    /** Checks each network that was never checked. Answers whether there was one. */
    public boolean first() {
        List<Network> unchecked = networks.stream()
                .filter(network -> !checked.contains(network.name()))
                .toList();
        unchecked.forEach(this::check);
        return !unchecked.isEmpty();
    }

    /** Checks the networks with which something was wrong. Answers the conflicts that are over. */
    public List<Conflict> wrong() {
        return networks.stream()
                .filter(network -> wrong.contains(network.name()))
                .flatMap(network -> check(network).stream())
                .toList();
    }

    private List<Conflict> check(Network network) {
        try {
            ipam.check(network);
        } catch (PeerException problem) {
            // What does not answer is asked, and logged, by others.
            if (problem.kind() == PeerException.Kind.REFUSED) {
                refused(network, problem);
            }
            return List.of();
        }
        checked.add(network.name());
        if (wrong.remove(network.name())) {
            LOG.info("network {}: NIPAP can have addresses of {} now", network.name(), network.prefix());
        }
        return world.pass().opened(network.name()).stream().toList();
    }

    private void refused(Network network, PeerException problem) {
        checked.add(network.name());
        if (wrong.add(network.name())) {
            LOG.warn("network {}: {}", network.name(), problem.getMessage());
        }
        if (problem instanceof PeerException.NoPlace noPlace) {
            world.pass()
                    .closed(
                            network.name(),
                            new Conflict(
                                    ConflictCode.PREFIX_MISSING,
                                    "",
                                    "network " + network.name() + ": " + noPlace.getMessage()
                                            + "; no guest there gets a new address",
                                    noPlace.fix()));
        }
    }
}
