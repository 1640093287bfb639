package net.berth.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.berth.engine.port.PeerException;
import net.berth.plan.Change;

/** What the receiver and the command line can ask for. */
public interface Berth {

    /**
     * Takes a hookscript's event and waits for NIPAP and the router, at most as long as asked.
     *
     * @throws PeerException when the state of things could not be read
     */
    HookAnswer hook(HookEvent event, Duration wait);

    /** Every guest as all systems hold it now; reads, writes nothing. */
    List<GuestReport> guests();

    /** One guest as all systems hold it now; empty when Proxmox shows no such guest. */
    Optional<GuestReport> guest(int vmid);

    /** Brings one guest to what NIPAP says, and answers how it stands then; empty when Proxmox shows no such guest. */
    Optional<GuestReport> sync(int vmid, Order order);

    /** A full pass: compares everything and mends what is Berth's own. */
    PassReport sync(Order order);

    /** What a full pass would change, and why. */
    PassReport plan();

    /** Each configured network with the state of its addresses. */
    List<NetworkReport> networks();

    /** What happened lately; to be followed. */
    EventLog events();

    /**
     * Takes the router's mappings that belong to no guest into NIPAP, as rows that are a person's from then on.
     *
     * @param dryRun only tell which
     * @throws PeerException when not everything could be read; nothing is written then
     */
    ImportReport importMappings(boolean dryRun);

    /**
     * Lets go of guests by a person's order, there or gone: their addresses rest, their entries leave the router, and
     * until their next start Berth leaves them alone.
     *
     * @param vmids which; of a number that a VM and a container have had, the one that is gone, if it has anything
     * @param dryRun only say what would be done
     * @return what was done, or would be
     */
    List<Change> release(Set<Integer> vmids, boolean dryRun);

    /**
     * The same for all guests of this cluster.
     *
     * @param dryRun only say what would be done
     * @return what was done, or would be
     */
    List<Change> releaseAll(boolean dryRun);

    /** The machines that the router sees now, by live lease or on the wire, and whose they are. */
    List<LeaseReport> leases();

    /** How Berth and its peers are; asks nobody. */
    Health health();
}
