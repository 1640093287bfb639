package net.berth.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.Health;
import net.berth.engine.report.ImportReport;
import net.berth.engine.report.LeaseReport;
import net.berth.engine.report.NetworkReport;
import net.berth.engine.report.PassReport;
import net.berth.engine.report.Seen;
import net.berth.engine.status.EventLog;
import net.berth.plan.Change;

/** What the receiver and the command line can ask for. */
public interface Berth {

    /**
     * Takes a hookscript's event and waits for NIPAP and the router, at most for the given time.
     *
     * @throws net.berth.engine.port.PeerException when the systems could not be read
     */
    HookAnswer hook(HookEvent event, Duration wait);

    /**
     * All guests and conflicts, as last seen. Writes nothing.
     *
     * @param fresh whether the systems are read first
     */
    PassReport overview(boolean fresh);

    /**
     * One guest, as last seen; empty when Proxmox shows no such guest. Writes nothing.
     *
     * @param fresh whether the systems are read first, and the guest asked for its own addresses
     */
    Optional<GuestReport> guest(int vmid, boolean fresh);

    /**
     * Makes Proxmox and the router match NIPAP for one guest, and answers its state then; empty when Proxmox shows no such
     * guest.
     *
     * @throws net.berth.engine.port.PeerException when that is not over within five minutes; it goes on in the background
     */
    Optional<GuestReport> sync(int vmid, SyncOptions options);

    /** A full pass: compares everything and corrects what is Berth's own. */
    PassReport sync(SyncOptions options);

    /** What a full pass would change, and why; reads the systems. */
    PassReport plan();

    /**
     * Each configured network with the state of its addresses, as last seen.
     *
     * @param fresh whether the systems are read first
     */
    List<NetworkReport> networks(boolean fresh);

    /** The last events; to be followed. */
    EventLog events();

    /**
     * Writes the router's mappings that belong to no guest into NIPAP, as rows that are not Berth's.
     *
     * @param dryRun only answer which
     * @throws net.berth.engine.port.PeerException when not everything could be read; nothing is written then
     */
    ImportReport importMappings(boolean dryRun);

    /**
     * Releases guests by the operator's order, whether they are there or gone: their addresses are quarantined, their
     * entries leave the router, and Berth does not manage them until their next start.
     *
     * @param vmids which; where a VM and a container have had a VMID, the one that is gone, if it has anything
     * @param dryRun only answer what would be done
     * @return what was done, or would be
     */
    List<Change> release(Set<Integer> vmids, boolean dryRun);

    /** Like {@link #release}, for all guests of this cluster. */
    List<Change> releaseAll(boolean dryRun);

    /**
     * The machines that the router sees, by live lease or in its neighbour table, and whose they are; as last seen.
     *
     * @param fresh whether the systems are read first
     */
    Seen<List<LeaseReport>> leases(boolean fresh);

    /** The health of Berth and the systems; asks no system. */
    Health health();
}
