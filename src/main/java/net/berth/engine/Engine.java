package net.berth.engine;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.engine.port.Timer;
import net.berth.engine.read.FactReader;
import net.berth.engine.read.GoneGuests;
import net.berth.engine.read.Reader;
import net.berth.engine.read.SharedRead;
import net.berth.engine.reconcile.AfterRun;
import net.berth.engine.reconcile.CarryOut;
import net.berth.engine.reconcile.FullPass;
import net.berth.engine.reconcile.GuestRuns;
import net.berth.engine.reconcile.GuestRuns.Settled;
import net.berth.engine.reconcile.Importer;
import net.berth.engine.reconcile.LeaseOwners;
import net.berth.engine.reconcile.ReleaseOrders;
import net.berth.engine.reconcile.Reports;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.Health;
import net.berth.engine.report.ImportReport;
import net.berth.engine.report.LeaseReport;
import net.berth.engine.report.NetworkReport;
import net.berth.engine.report.PassReport;
import net.berth.engine.report.PassSteps;
import net.berth.engine.report.Seen;
import net.berth.engine.run.Planning;
import net.berth.engine.run.Request;
import net.berth.engine.schedule.GuestQueue;
import net.berth.engine.schedule.GuestQueue.Ticket;
import net.berth.engine.schedule.Poller;
import net.berth.engine.status.CallMonitor;
import net.berth.engine.status.ChangeLog;
import net.berth.engine.status.EventLog;
import net.berth.engine.status.RunningPasses;
import net.berth.engine.status.StatusGauges;
import net.berth.engine.world.World;
import net.berth.engine.write.Backoff;
import net.berth.engine.write.ConfigWriter;
import net.berth.engine.write.RouterLane;
import net.berth.engine.write.RowWriter;
import net.berth.model.GuestId;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.plan.Change;
import net.berth.plan.Planner;

/**
 * Wires the engine and answers for it. There is one way to bring any set of guests in line: read what is stale, plan, carry
 * out. A hook is a run for one VMID, a pass one for all guests, a dry run the first two steps, a release the plan of a guest
 * that is gone or released by order.
 */
public final class Engine implements Berth, AutoCloseable {
    private static final Duration SYNC_LIMIT = Duration.ofMinutes(5);

    private final EngineSettings settings;
    private final World world;
    private final Timer timer;
    private final EventLog events;
    private final CallMonitor monitor;
    private final Reader reader;
    private final RouterLane router;
    private final GuestRuns runs;
    private final FullPass pass;
    private final ReleaseOrders releases;
    private final Importer importer;
    private final GuestQueue queue;
    private final Poller poller;
    private final RunningPasses passes = new RunningPasses();
    private final SharedRead first = new SharedRead();

    /** Wires the engine; nothing runs before {@link #start}. */
    public Engine(
            EngineSettings settings,
            Compute compute,
            Ipam ipam,
            Router edge,
            Timer timer,
            Clock clock,
            RandomGenerator random,
            MeterRegistry meters) {
        this.settings = settings;
        this.timer = timer;
        List<Network> networks = settings.networks();
        Policy policy = settings.policy();
        world = new World(settings.cluster(), policy.releaseLimit(), clock);
        events = new EventLog(clock);
        monitor = new CallMonitor(world, meters, events);
        Compute proxmox = monitor.on(Compute.class, Peer.PROXMOX, compute);
        Ipam nipap = monitor.on(Ipam.class, Peer.NIPAP, ipam);
        Router watched = monitor.on(Router.class, Peer.ROUTER, edge);
        ChangeLog log = new ChangeLog(events, world);
        Backoff backoff = new Backoff(random, timer);
        reader = new Reader(world, proxmox, nipap, watched, timer, networks);
        FactReader facts = new FactReader(world, reader, timer, networks, policy, settings.resync());
        Planning planning = new Planning(new Planner(networks, policy), proxmox, world.pass(), () -> settings.names()
                .withNodes(world.lists().nodes()));
        router = new RouterLane(watched, world, reader, facts, planning, timer.threads(), meters, log, events);
        RowWriter rows = new RowWriter(nipap, world, log, timer);
        CarryOut carryOut = new CarryOut(reader, facts, planning, rows, router, backoff, policy.mode());
        AfterRun after = new AfterRun(reader, new ConfigWriter(proxmox, log), rows, policy.mode());
        GoneGuests gone = new GoneGuests(world, proxmox, policy);
        Reports reports = new Reports(proxmox, networks);
        runs = new GuestRuns(world, reader, facts, carryOut, after, gone, reports, log);
        pass = new FullPass(world, reader, planning, carryOut, after, gone, reports, log, networks, policy);
        releases = new ReleaseOrders(world, reader, carryOut, policy.mode());
        importer = new Importer(reader, nipap, networks);
        queue = new GuestQueue(runs::run, world, timer, backoff);
        poller = new Poller(
                world, reader, queue, this::pass, nipap, networks, timer, settings.poll(), settings.resync());
        new StatusGauges(meters, world).register(networks);
    }

    /** Starts with a full pass, then polls. */
    public void start() {
        poller.start();
    }

    /** A full pass of the loop. */
    private void pass() {
        try (RunningPasses.Running steps = passes.begin()) {
            pass.run(Request.LOOK, steps, this::later);
        }
    }

    private void later(int vmid, Duration pause, Request request) {
        if (pause.isZero()) {
            queue.request(vmid, request);
        } else {
            queue.requestLater(vmid, pause, request);
        }
    }

    @Override
    public HookAnswer hook(HookEvent event, Duration wait) {
        boolean starting = event.phase() == HookEvent.Phase.PRE_START && !event.migration();
        world.lists().heardFrom(event.vmid(), event.node());
        Ticket ticket = queue.request(event.vmid(), starting ? Request.START : Request.EVENT);
        Optional<Optional<Settled>> answer = await(ticket.ready(), wait);
        if (answer.isEmpty()) {
            return new HookAnswer.Accepted();
        }
        return answer.get()
                .filter(settled -> settled.report().managed())
                .map(settled ->
                        HookAnswer.of(settled, starting, settings.policy().mode()))
                .orElseGet(HookAnswer.NotSelected::new);
    }

    @Override
    public PassReport overview(boolean fresh) {
        if (fresh) {
            return plan();
        }
        // Before the first pass is over they are read once for all callers.
        return first.get(
                () -> world.pass().compared().asOf().equals(Instant.EPOCH)
                        ? Optional.empty()
                        : Optional.of(pass.lastSeen()),
                this::plan);
    }

    @Override
    public Optional<GuestReport> guest(int vmid, boolean fresh) {
        Optional<GuestReport> last = fresh ? Optional.empty() : runs.last(vmid);
        return last.isPresent() ? last : runs.look(vmid, Request.order(false));
    }

    @Override
    public Optional<GuestReport> sync(int vmid, SyncOptions options) {
        Request request = Request.order(options.writeBack());
        if (options.dryRun()) {
            return runs.look(vmid, request);
        }
        Ticket ticket = queue.request(vmid, request);
        if (await(ticket.done(), SYNC_LIMIT).isEmpty()) {
            throw new PeerException(
                    Peer.ROUTER,
                    PeerException.Kind.DOWN,
                    "the sync of guest " + vmid + " is not over after " + SYNC_LIMIT.toMinutes()
                            + " minutes; it goes on in the background");
        }
        return runs.look(vmid, Request.LOOK);
    }

    @Override
    public PassReport sync(SyncOptions options) {
        Request request = new Request(Request.Why.LOOK, options.writeBack());
        try (RunningPasses.Running steps = passes.begin()) {
            return options.dryRun() ? pass.look(request, steps) : pass.run(request, steps, this::later);
        }
    }

    @Override
    public PassReport plan() {
        return plan(PassSteps.UNHEARD);
    }

    /** Like {@link Berth#plan}, for a caller that shows the progress. */
    public PassReport plan(PassSteps steps) {
        return pass.look(Request.LOOK, steps);
    }

    @Override
    public List<NetworkReport> networks(boolean fresh) {
        boolean known = world.pass().networks().size() == settings.networks().size();
        return known && !fresh ? pass.lastNetworks() : pass.readNetworks();
    }

    @Override
    public EventLog events() {
        return events;
    }

    @Override
    public ImportReport importMappings(boolean dryRun) {
        return importer.run(dryRun);
    }

    @Override
    public List<Change> release(Set<Integer> vmids, boolean dryRun) {
        return carryOut(releases.numbered(vmids), dryRun);
    }

    @Override
    public List<Change> releaseAll(boolean dryRun) {
        return carryOut(releases.all(), dryRun);
    }

    private List<Change> carryOut(Set<GuestId> guests, boolean dryRun) {
        if (dryRun) {
            return releases.plan(guests);
        }
        try {
            return releases.release(guests);
        } finally {
            // Each is looked at again, also when its quarantine is over.
            guests.stream().map(GuestId::vmid).distinct().forEach(vmid -> queue.request(vmid, Request.LOOK));
        }
    }

    @Override
    public Seen<List<LeaseReport>> leases(boolean fresh) {
        return LeaseOwners.of(world, settings.networks(), settings.policy(), overview(fresh));
    }

    @Override
    public Health health() {
        return new Health(monitor.health(), world.pass().ended(), passes.now(), events.followers());
    }

    /** Empty when the time is over. */
    private <T> Optional<T> await(CompletableFuture<T> future, Duration limit) {
        try {
            return timer.await(future, limit) ? Optional.ofNullable(future.get()) : Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof PeerException peer) {
                throw new PeerException(peer.peer(), peer.kind(), String.valueOf(peer.getMessage()), peer);
            }
            throw new IllegalStateException(failure.getCause());
        }
    }

    @Override
    public void close() {
        poller.close();
        queue.close();
        router.close();
    }
}
