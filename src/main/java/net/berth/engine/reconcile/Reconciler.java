package net.berth.engine.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.Router;
import net.berth.engine.port.Timer;
import net.berth.engine.read.FactReader;
import net.berth.engine.read.GoneGuests;
import net.berth.engine.read.LiveAddresses;
import net.berth.engine.read.Reader;
import net.berth.engine.read.RouterReader;
import net.berth.engine.read.WorldFacts;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.ImportReport;
import net.berth.engine.report.LeaseReport;
import net.berth.engine.report.NetworkReport;
import net.berth.engine.report.PassReport;
import net.berth.engine.report.PassSteps;
import net.berth.engine.report.Seen;
import net.berth.engine.run.Done;
import net.berth.engine.run.FirstBoot;
import net.berth.engine.run.Planning;
import net.berth.engine.run.Request;
import net.berth.engine.status.ChangeLog;
import net.berth.engine.status.EventLog;
import net.berth.engine.status.GuestEvents;
import net.berth.engine.world.World;
import net.berth.engine.write.Backoff;
import net.berth.engine.write.ClaimLane;
import net.berth.engine.write.ConfigWriter;
import net.berth.engine.write.LockedPlanner;
import net.berth.engine.write.RouterLane;
import net.berth.engine.write.RowWriter;
import net.berth.model.GuestId;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.plan.Change;

/**
 * One way to bring any set of guests in line: read what is stale, plan, carry out. A hook is a run for one VMID, a pass one
 * for all guests, a dry run the first two steps, a release the plan of a guest that is gone or released by order.
 */
public final class Reconciler implements AutoCloseable {
    private final Reader reader;
    private final RouterLane router;
    private final GuestRuns runs;
    private final FullPass pass;
    private final ReleaseOrders releases;
    private final Leases leases;
    private final Importer importer;

    /** Wires the parts; nothing is read yet. */
    public Reconciler(
            World world,
            Compute compute,
            Ipam ipam,
            Router edge,
            Timer timer,
            Backoff backoff,
            List<Network> networks,
            Policy policy,
            Duration resync,
            MeterRegistry meters,
            EventLog events) {
        ChangeLog log = new ChangeLog(events);
        GuestEvents guestEvents = new GuestEvents(events, world);
        this.reader = new Reader(world, compute, ipam, timer, networks);
        Planning planning = new Planning(networks, policy, new FirstBoot(compute), world.pass());
        WorldFacts worldFacts = new WorldFacts(world, reader);
        LockedPlanner locked = new LockedPlanner(world, reader, worldFacts, planning);
        RouterReader routerReader = new RouterReader(edge, world);
        this.router = new RouterLane(edge, routerReader, world, locked, timer.threads(), meters, log, events);
        FactReader facts = new FactReader(world, reader, routerReader, timer, networks, policy, resync);
        RowWriter rows = new RowWriter(ipam, world, log);
        CarryOut carryOut = new CarryOut(
                reader, facts, worldFacts, planning, rows, router, new ClaimLane(timer), backoff, policy.mode());
        AfterRun after = new AfterRun(reader, new ConfigWriter(compute, log), rows);
        GoneGuests gone = new GoneGuests(world, compute, policy);
        LiveAddresses live = new LiveAddresses(compute, world);
        this.runs = new GuestRuns(world, reader, facts, carryOut, after, gone, live, guestEvents, policy);
        this.pass = new FullPass(
                world, reader, routerReader, planning, carryOut, after, gone, live, guestEvents, networks, policy);
        this.releases = new ReleaseOrders(world, reader, routerReader, carryOut, policy.mode());
        this.leases = new Leases(world, networks, policy);
        this.importer = new Importer(reader, pass, ipam, networks);
    }

    /** What reads the systems. */
    public Reader reader() {
        return reader;
    }

    /** Reconciles the guests of one VMID, see {@link GuestRuns#run}. */
    public Done run(int vmid, Request request, Consumer<Optional<GuestRuns.Settled>> ready) {
        return runs.run(vmid, request, ready);
    }

    /** Plans one guest by what is read now, and writes nothing; empty when Proxmox shows no such guest. */
    public Optional<GuestReport> look(int vmid, Request request) {
        return runs.look(vmid, request);
    }

    /** The last report of a guest, if there is one. */
    public Optional<GuestReport> last(int vmid) {
        return runs.last(vmid);
    }

    /** Reconciles all guests, see {@link FullPass#run}. */
    public PassReport pass(Request request, PassSteps steps, FullPass.Later later) {
        return pass.run(request, steps, later);
    }

    /** Plans all guests by what is read now, and writes nothing. */
    public PassReport lookAtAll(Request request, PassSteps steps) {
        return pass.look(request, steps);
    }

    /** All guests as last seen; they are read if they never were. */
    public PassReport overview() {
        return pass.overview();
    }

    /** The state of each network's addresses, read now. */
    public List<NetworkReport> networks() {
        return pass.networks();
    }

    /** The state of each network's addresses as last seen, with what this receiver has written since. */
    public List<NetworkReport> lastNetworks() {
        return pass.lastNetworks();
    }

    /** Reads the router, so that its health is known. */
    public void checkRouter() {
        pass.checkRouter();
    }

    /** The machines that the router sees, as last seen. */
    public Seen<List<LeaseReport>> leases(PassReport guests) {
        return leases.of(guests);
    }

    /** Writes the router's mappings of machines that are no guests into NIPAP. */
    public ImportReport importMappings(boolean dryRun) {
        return importer.run(dryRun);
    }

    /** The guests that VMIDs mean in an order to release. */
    public Set<GuestId> meant(Set<Integer> vmids) {
        return releases.numbered(vmids);
    }

    /** All guests of this cluster that have rows. */
    public Set<GuestId> all() {
        return releases.all();
    }

    /** What a release of these guests would change. */
    public List<Change> planRelease(Set<GuestId> guests) {
        return releases.plan(guests);
    }

    /** Releases these guests; answers what was changed. */
    public List<Change> release(Set<GuestId> guests) {
        return releases.carryOut(guests);
    }

    @Override
    public void close() {
        router.close();
    }
}
