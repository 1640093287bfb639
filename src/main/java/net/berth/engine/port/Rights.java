package net.berth.engine.port;

import java.util.List;
import net.berth.model.Network;
import net.berth.model.Policy;

/** The port to what Berth may do where the guests run; asked at the start and by {@code doctor}. Changes nothing. */
public interface Rights {

    /**
     * What is missing for these networks and this policy, the worst first.
     *
     * @throws PeerException when the system does not answer
     */
    List<MissingRight> missing(List<Network> networks, Policy policy);
}
