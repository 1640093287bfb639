package net.berth.engine;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
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
import net.berth.engine.reconcile.GuestRuns.Settled;
import net.berth.engine.reconcile.Reconciler;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.Health;
import net.berth.engine.report.ImportReport;
import net.berth.engine.report.LeaseReport;
import net.berth.engine.report.NetworkReport;
import net.berth.engine.report.PassReport;
import net.berth.engine.report.PassSteps;
import net.berth.engine.report.Seen;
import net.berth.engine.run.Request;
import net.berth.engine.schedule.GuestQueue;
import net.berth.engine.schedule.GuestQueue.Ticket;
import net.berth.engine.schedule.NetworkChecks;
import net.berth.engine.schedule.Poller;
import net.berth.engine.status.CallMonitor;
import net.berth.engine.status.EventLog;
import net.berth.engine.status.MonitoredCompute;
import net.berth.engine.status.MonitoredIpam;
import net.berth.engine.status.MonitoredRouter;
import net.berth.engine.status.RunningPasses;
import net.berth.engine.status.StatusGauges;
import net.berth.engine.world.World;
import net.berth.engine.write.Backoff;
import net.berth.model.GuestId;
import net.berth.plan.Change;

/** Wires the engine and answers for it: hooks, orders, polls and passes all go through the {@link Reconciler}. */
public final class Engine implements Berth, AutoCloseable {
    private static final Duration SYNC_LIMIT = Duration.ofMinutes(5);

    private final EngineSettings settings;
    private final World world;
    private final Timer timer;
    private final EventLog events;
    private final CallMonitor monitor;
    private final Reconciler reconciler;
    private final GuestQueue queue;
    private final NetworkChecks networkChecks;
    private final Poller poller;
    private final RunningPasses passes = new RunningPasses();

    /** Wires the engine; nothing runs before {@link #start}. */
    public Engine(
            EngineSettings settings,
            Compute compute,
            Ipam ipam,
            Router router,
            Timer timer,
            Clock clock,
            RandomGenerator random,
            MeterRegistry meters) {
        this.settings = settings;
        this.timer = timer;
        this.world = new World(settings.cluster(), settings.policy().releaseLimit(), clock);
        this.events = new EventLog(clock);
        this.monitor = new CallMonitor(world, meters, events);
        Ipam monitoredIpam = new MonitoredIpam(ipam, monitor);
        Backoff backoff = new Backoff(random, timer);
        this.reconciler = new Reconciler(
                world,
                new MonitoredCompute(compute, monitor),
                monitoredIpam,
                new MonitoredRouter(router, monitor),
                timer,
                backoff,
                settings.networks(),
                settings.policy(),
                settings.resync(),
                meters,
                events);
        this.queue = new GuestQueue(reconciler::run, world, timer, backoff);
        this.networkChecks = new NetworkChecks(monitoredIpam, settings.networks());
        this.poller = new Poller(
                world,
                reconciler.reader(),
                queue,
                this::pass,
                networkChecks::again,
                timer,
                settings.poll(),
                settings.resync());
        StatusGauges.register(meters, world, settings.networks());
    }

    /** Starts with a full pass, then polls. */
    public void start() {
        poller.start();
    }

    /** A full pass of the loop. */
    private void pass() {
        networkChecks.all();
        try (RunningPasses.Running steps = passes.begin()) {
            reconciler.pass(Request.LOOK, steps, this::later);
        } catch (PeerException failure) {
            if (failure.peer() != Peer.ROUTER) {
                // The pass ended before the router was read, and its health must not stay unknown.
                reconciler.checkRouter();
            }
            throw failure;
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
                        HookAnswers.of(settled, starting, settings.policy().mode()))
                .orElseGet(HookAnswer.NotSelected::new);
    }

    @Override
    public PassReport overview(boolean fresh) {
        return fresh ? plan() : reconciler.overview();
    }

    @Override
    public Optional<GuestReport> guest(int vmid, boolean fresh) {
        Optional<GuestReport> last = fresh ? Optional.empty() : reconciler.last(vmid);
        return last.isPresent() ? last : reconciler.look(vmid, Request.order(false));
    }

    @Override
    public Optional<GuestReport> sync(int vmid, SyncOptions options) {
        Request request = Request.order(options.writeBack());
        if (options.dryRun()) {
            return reconciler.look(vmid, request);
        }
        Ticket ticket = queue.request(vmid, request);
        if (await(ticket.done(), SYNC_LIMIT).isEmpty()) {
            throw new PeerException(
                    Peer.ROUTER,
                    PeerException.Kind.DOWN,
                    "the sync of guest " + vmid + " is not over after " + SYNC_LIMIT.toMinutes()
                            + " minutes; it goes on in the background");
        }
        return reconciler.look(vmid, Request.LOOK);
    }

    @Override
    public PassReport sync(SyncOptions options) {
        Request request = new Request(Request.Why.LOOK, options.writeBack());
        try (RunningPasses.Running steps = passes.begin()) {
            return options.dryRun()
                    ? reconciler.lookAtAll(request, steps)
                    : reconciler.pass(request, steps, this::later);
        }
    }

    @Override
    public PassReport plan() {
        return plan(PassSteps.UNHEARD);
    }

    /** Like {@link Berth#plan}, for a caller that shows the progress. */
    public PassReport plan(PassSteps steps) {
        return reconciler.lookAtAll(Request.LOOK, steps);
    }

    @Override
    public List<NetworkReport> networks(boolean fresh) {
        boolean known = world.pass().networks().size() == settings.networks().size();
        return known && !fresh ? reconciler.lastNetworks() : reconciler.networks();
    }

    @Override
    public EventLog events() {
        return events;
    }

    @Override
    public ImportReport importMappings(boolean dryRun) {
        return reconciler.importMappings(dryRun);
    }

    @Override
    public List<Change> release(Set<Integer> vmids, boolean dryRun) {
        return carryOut(reconciler.meant(vmids), dryRun);
    }

    @Override
    public List<Change> releaseAll(boolean dryRun) {
        return carryOut(reconciler.all(), dryRun);
    }

    private List<Change> carryOut(Set<GuestId> guests, boolean dryRun) {
        if (dryRun) {
            return reconciler.planRelease(guests);
        }
        try {
            return reconciler.release(guests);
        } finally {
            // Each is looked at again, also when its quarantine is over.
            guests.stream().map(GuestId::vmid).distinct().forEach(vmid -> queue.request(vmid, Request.LOOK));
        }
    }

    @Override
    public Seen<List<LeaseReport>> leases(boolean fresh) {
        return reconciler.leases(overview(fresh));
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
        reconciler.close();
    }
}
