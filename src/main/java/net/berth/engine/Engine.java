package net.berth.engine;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import net.berth.engine.GuestQueue.Ticket;
import net.berth.engine.GuestWork.Settled;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.Policy;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;
import net.berth.plan.ConflictCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop: hooks, polls and passes, all through the same work per guest. */
public final class Engine implements Berth, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration SYNC_LIMIT = Duration.ofMinutes(5);
    /** A map of addresses that is looked at may be that old; the router is slow to read. */
    private static final Duration ROUTER_AGE = Duration.ofSeconds(30);

    private final EventLog events;
    private final GuestNews news;
    private final EngineSettings settings;
    private final Clock clock;
    private final Timer timer;
    private final PeerWatch peers;
    private final RouterLane router;
    private final Guests guests;
    private final Observer observer;
    private final GuestQueue queue;
    private final Releaser releaser;
    private final LettingGo lettingGo;
    private final NetworkChecks networkChecks;
    private final FullPass pass;
    private final Importer importer;
    private final Poller poller;
    private final LiveLook live;
    private final PassWatch passes = new PassWatch();

    /** Wires the loop; nothing runs before {@link #start}. */
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
        this.clock = clock;
        this.timer = timer;
        this.events = new EventLog(clock);
        Tally tally = new Tally(meters, settings.networks());
        this.news = new GuestNews(events, tally);
        this.peers = new PeerWatch(clock, meters, events);
        Compute watchedCompute = new WatchedCompute(compute, peers);
        this.router = new RouterLane(new WatchedRouter(router, peers), clock, timer.threads(), meters, events);
        Watch watch = new Watch();
        RowsMemory memory = new RowsMemory(clock);
        RecentRows watchedIpam = new RecentRows(new WatchedIpam(ipam, peers), memory, clock);
        this.guests = new Guests(watchedCompute, watch, clock);
        FirstBoot firstBoot = new FirstBoot(watchedCompute, watch);
        GuestConfigs configs = new GuestConfigs(guests, clock, timer.threads());
        this.observer = new Observer(
                watchedIpam,
                memory,
                timer,
                configs,
                this.router,
                firstBoot,
                settings.networks(),
                settings.policy(),
                settings.resync(),
                clock);
        Applier applier = new Applier(watchedIpam, this.router, events);
        this.lettingGo = new LettingGo(guests, observer, applier, settings, clock);
        Backoff backoff = new Backoff(random, timer);
        this.releaser = new Releaser(watchedCompute, watchedIpam, applier, watch, observer, settings.policy(), clock);
        this.live = new LiveLook(watchedCompute, clock, timer.threads());
        Policy.Mode mode = settings.policy().mode();
        Fence fence = new Fence(watchedIpam, this.router);
        Settler settler = new Settler(guests, observer, applier, mode, backoff, news, fence, new ClaimTurns(timer));
        GuestWork work = new GuestWork(
                guests, settler, live, applier, new GuestWriter(watchedCompute), releaser, mode, news, fence);
        this.queue = new GuestQueue(work, timer, backoff);
        this.pass = new FullPass(guests, configs, observer, live, releaser, watch, queue, settings, tally);
        this.importer = new Importer(configs, guests, observer, watchedIpam, settings.networks());
        this.networkChecks = new NetworkChecks(watchedIpam, settings.networks());
        this.poller = new Poller(settings, guests, watch, queue, networkChecks, this::resync, timer, clock);
        tally.follow(peers::health, poller::lastPass);
    }

    /** Begins to poll. */
    public void start() {
        poller.start();
    }

    @Override
    public HookAnswer hook(HookEvent event, Duration wait) {
        boolean starting = event.phase() == HookEvent.Phase.PRE_START;
        guests.heardOf(event.vmid(), event.node());
        Ticket ticket = queue.request(event.vmid(), starting ? Ask.START : Ask.LOOK);
        Optional<Optional<Settled>> settled = await(ticket.ready(), wait);
        if (settled.isEmpty()) {
            return new HookAnswer.Accepted();
        }
        if (settled.get().isEmpty() || !settled.get().get().report().managed()) {
            return new HookAnswer.NotSelected();
        }
        return answer(event, settled.get().get());
    }

    private static HookAnswer answer(HookEvent event, Settled settled) {
        GuestReport report = settled.report();
        boolean starts = event.phase() == HookEvent.Phase.PRE_START && !event.migration();
        if (starts && !settled.duplicated().isEmpty()) {
            String reason = report.conflicts().stream()
                    .filter(conflict -> conflict.code() == ConflictCode.ADDRESS_TAKEN)
                    .map(conflict -> conflict.message() + ". " + conflict.fix())
                    .findFirst()
                    .orElse(report.guest().title() + " is configured with an address of "
                            + settled.duplicated().getFirst());
            return new HookAnswer.Duplicate(report, reason);
        }
        return isReady(report) ? new HookAnswer.Settled(report) : new HookAnswer.Accepted();
    }

    /** What the router refused is tried again; until then nobody may call it settled. */
    private static boolean isReady(GuestReport report) {
        return report.changes().stream()
                .noneMatch(change -> change.stage() == Stage.INTENT || change.stage() == Stage.ROUTER);
    }

    @Override
    public List<GuestReport> guests() {
        return pass.look(false).guests();
    }

    @Override
    public Optional<GuestReport> guest(int vmid) {
        return look(vmid, new Ask(false, false, true));
    }

    private Optional<GuestReport> look(int vmid, Ask ask) {
        Optional<Guest> guest = guests.readNow(vmid);
        return guest.map(found -> Reports.withFailure(
                Reports.of(observer.observe(found, ask).with(live::ask), guests.refused(found.id())),
                queue.failure(vmid)));
    }

    @Override
    public Optional<GuestReport> sync(int vmid, Order order) {
        Ask ask = new Ask(false, order.writeBack(), true, true);
        if (!order.dryRun()) {
            await(queue.request(vmid, ask).done(), SYNC_LIMIT);
            return look(vmid, Ask.LOOK);
        }
        return look(vmid, ask);
    }

    @Override
    public PassReport sync(Order order) {
        try (PassWatch.Running steps = passes.begin()) {
            PassReport before = pass.look(order.writeBack(), steps);
            if (order.dryRun()) {
                return before;
            }
            work(before, order.writeBack(), steps);
            return pass.look(false, steps);
        }
    }

    /** A full pass of the loop itself: nobody waits for its report. */
    private void resync() {
        networkChecks.all();
        try (PassWatch.Running steps = passes.begin()) {
            work(pass.work(steps), false, steps);
        } catch (PeerException failure) {
            if (failure.peer() != Peer.ROUTER) {
                // The pass did not come as far, and the health must not call well what nobody has asked.
                observer.checkRouter();
            }
            throw failure;
        }
    }

    private void work(PassReport report, boolean writeBack, PassSteps steps) {
        report.guests().forEach(news::seen);
        List<Ticket> tickets = new ArrayList<>();
        report.guests().stream()
                .filter(guest -> guest.managed() && !guest.changes().isEmpty())
                .forEach(guest -> tickets.add(queue.request(guest.guest().id().vmid(), Ask.compared(writeBack))));
        report.releases().stream()
                .map(change -> change.nic().guest().vmid())
                .distinct()
                .forEach(vmid -> tickets.add(queue.request(vmid, Ask.LOOK)));
        steps.part(PassSteps.Part.MENDING, tickets.size());
        for (Ticket ticket : tickets) {
            try {
                await(ticket.done(), SYNC_LIMIT);
            } catch (PeerException failure) {
                // The guest's own lane has logged it and tries again; the others go on.
                LOG.debug("pass: {}", failure.getMessage());
            }
            steps.step();
        }
    }

    @Override
    public PassReport plan() {
        return plan(PassSteps.UNHEARD);
    }

    /** The same for somebody who wants to know how far it is. */
    public PassReport plan(PassSteps steps) {
        return pass.look(false, steps);
    }

    @Override
    public List<NetworkReport> networks() {
        return observer.networks(ROUTER_AGE);
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
        return letGo(lettingGo.numbered(vmids), dryRun);
    }

    @Override
    public List<Change> releaseAll(boolean dryRun) {
        return letGo(lettingGo.all(), dryRun);
    }

    private List<Change> letGo(Set<GuestId> whom, boolean dryRun) {
        if (dryRun) {
            return lettingGo.plan(whom);
        }
        List<Change> done = lettingGo.carryOut(whom);
        // Each is looked at once more when its row's rest is over.
        done.stream()
                .map(change -> change.nic().guest().vmid())
                .distinct()
                .forEach(vmid -> queue.request(vmid, Ask.LOOK));
        return done;
    }

    @Override
    public List<LeaseReport> leases() {
        List<GuestReport> reports = pass.look(false).guests();
        return Discovery.of(settings.networks(), settings.policy(), reports, router.lastSeen(), clock.instant());
    }

    @Override
    public Health health() {
        return new Health(peers.health(), poller.lastPass(), passes.now(), events.followers());
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
