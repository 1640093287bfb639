package net.berth.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.model.Allocation;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.model.Prefix;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.GuestPlan;
import net.berth.plan.Planner;
import net.berth.plan.RowIndex;
import net.berth.plan.Situation;
import net.berth.plan.address.AddressMap;
import net.berth.plan.entry.ReleaseRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the systems hold for one guest, as little as its plan needs, and makes the plan. */
final class Observer {
    private static final Logger LOG = LoggerFactory.getLogger(Observer.class);

    /** A start of a settled guest does not wait longer for NIPAP: its hook is answered within a second. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** More than any read takes by its own deadline. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Duration ANY_AGE = Duration.ofDays(3650);

    /**
     * How old a view of the router an address is chosen by: what a person wrote there for the guest's MAC, or who has come
     * to use an address, must not be overlooked for long; a storm of new guests need not read it hundreds of times.
     */
    private static final Duration FOR_CHOICE = Duration.ofSeconds(30);

    private static final RouterView NO_ROUTER = new RouterView(List.of(), List.of(), List.of(), List.of());

    private final RecentRows ipam;
    private final GuestConfigs configs;
    private final RouterLane router;
    private final FirstBoot firstBoot;
    private final RowsMemory memory;
    private final Timer timer;
    private final Planner planner;
    private final MoveGuard guard;
    private final List<Network> networks;
    private final Policy policy;
    private final Duration routerMaxAge;
    private final Clock clock;

    Observer(
            RecentRows ipam,
            RowsMemory memory,
            Timer timer,
            GuestConfigs configs,
            RouterLane router,
            FirstBoot firstBoot,
            List<Network> networks,
            Policy policy,
            Duration routerMaxAge,
            Clock clock) {
        this.ipam = ipam;
        this.memory = memory;
        this.timer = timer;
        this.configs = configs;
        this.router = router;
        this.firstBoot = firstBoot;
        this.planner = new Planner(networks, policy);
        this.guard = new MoveGuard(policy.releaseLimit());
        this.networks = List.copyOf(networks);
        this.policy = policy;
        this.routerMaxAge = routerMaxAge;
        this.clock = clock;
    }

    /**
     * A plan with what it was made from.
     *
     * @param plan the plan
     * @param rows the rows it was made from
     * @param ipamKnown whether NIPAP answered; else the rows are those of its last answer
     * @param routerKnown whether the router answered; else the view is that of its last answer
     */
    record Observation(GuestPlan plan, List<AddressRow> rows, boolean ipamKnown, boolean routerKnown) {
        /** The same with more in its plan. */
        Observation with(UnaryOperator<GuestPlan> more) {
            return new Observation(more.apply(plan), rows, ipamKnown, routerKnown);
        }
    }

    Observation observe(Guest guest, Ask ask) {
        if (!policy.selects(guest)) {
            return new Observation(
                    plan(guest, RowIndex.of(List.of()), true, NO_ROUTER, Map.of(), ask), List.of(), true, true);
        }
        configs.note(guest);
        Optional<List<AddressRow>> known = memory.recall(guest.id());
        if (known.isEmpty()) {
            return observed(guest, ask, ipam.rowsOf(guest.id()), true);
        }
        CompletableFuture<List<AddressRow>> reading = reading(() -> ipam.rowsOf(guest.id()));
        Optional<List<AddressRow>> read = answer(reading, ask.starting() ? PATIENCE : LONGEST);
        if (read.isPresent()) {
            return observed(guest, ask, read.get(), true);
        }
        if (ask.starting()) {
            lookAtRouter(guest, known.get());
        }
        Observation remembered = observed(guest, ask, known.get(), false);
        if (remembered.plan().readyToStart()) {
            return remembered;
        }
        return answer(reading, LONGEST)
                .map(rows -> observed(guest, ask, rows, true))
                .orElseThrow(() -> new PeerException(
                        Peer.NIPAP,
                        PeerException.Kind.DOWN,
                        "NIPAP does not answer, and " + guest.title() + " needs it"));
    }

    private Observation observed(Guest guest, Ask ask, List<AddressRow> own, boolean known) {
        List<AddressRow> rows = own;
        Duration age = routerAge(rows, ask, known);
        View view = view(guest, rows, age);
        GuestPlan plan = plan(guest, RowIndex.of(rows), false, view.router(), Map.of(), ask);
        if ((plan.needsAllRows() || ask.compared()) && known) {
            rows = withRecent(guest.id(), rows);
            if (plan.needsAllRows() && age.compareTo(FOR_CHOICE) > 0) {
                view = view(guest, own, FOR_CHOICE);
            }
            plan = plan(guest, RowIndex.of(rows), true, view.router(), pools(), ask);
        }
        return new Observation(guard.check(plan, ask.confirmed()), rows, known, view.known());
    }

    /**
     * Rows from memory do not say whether another receiver followed a NIC away and back, which leaves other entries on
     * the router than this one has seen. So the router is asked, if it answers soon; if not, its last view serves.
     */
    private void lookAtRouter(Guest guest, List<AddressRow> rows) {
        if (isOnRouter(guest, rows)) {
            answer(reading(() -> routerView(Duration.ZERO, Instant.MIN)), PATIENCE);
        }
    }

    private <T> CompletableFuture<T> reading(Supplier<T> read) {
        return SideBySide.begun(timer.threads(), read);
    }

    /** Empty when the system does not answer, or not yet. */
    private <T> Optional<T> answer(CompletableFuture<T> reading, Duration patience) {
        try {
            return timer.await(reading, patience) ? Optional.of(reading.get()) : Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PeerException(Peer.NIPAP, PeerException.Kind.DOWN, "Berth is stopping", stopped);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof PeerException peer) {
                if (peer.kind() == PeerException.Kind.REFUSED) {
                    throw peer;
                }
                return Optional.empty();
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** A plan from a pass's own lists. */
    GuestPlan planFrom(Guest guest, RowIndex allRows, RouterView view, Map<String, List<Prefix>> pools, Ask ask) {
        return plan(guest, allRows, true, view, pools, ask);
    }

    /** The prefixes of the pools that networks take addresses from, by name; those that NIPAP has. */
    Map<String, List<Prefix>> pools() {
        Map<String, List<Prefix>> pools = new HashMap<>();
        for (Network network : networks) {
            if (network.allocation() instanceof Allocation.Pool pool) {
                ipam.pool(pool.name()).ifPresent(prefixes -> pools.put(pool.name(), prefixes));
            }
        }
        return pools;
    }

    private GuestPlan plan(
            Guest guest, RowIndex rows, boolean whole, RouterView view, Map<String, List<Prefix>> pools, Ask ask) {
        boolean selected = policy.selects(guest);
        Situation.Boot boot =
                selected ? firstBoot.of(guest, rows.ofMachine(guest), ask.starting()) : Situation.Boot.HAS_RUN;
        // Like the rows: all that is asked for only where an address is to be chosen.
        Map<IpAddress, Set<GuestId>> fixed = selected && whole ? configs.fixedAddresses() : Map.of();
        return planner.plan(new Situation(
                guest, rows, whole, view, boot, ask.starting(), ask.writeBack(), fixed, pools, clock.instant()));
    }

    /** The plans of a full pass as they may be carried out. */
    List<GuestPlan> guarded(List<GuestPlan> plans) {
        return guard.pass(plans);
    }

    /** Every host row in all configured networks, as NIPAP has it now; a name is taken across all of them. */
    List<AddressRow> allRows() {
        List<AddressRow> all = networks.stream()
                .flatMap(network -> ipam.rowsIn(network.prefix()).stream())
                .toList();
        memory.rememberAll(all);
        return all;
    }

    /** Asks the router too; if it does not answer, its health says so. */
    void checkRouter() {
        try {
            routerForPass(Duration.ZERO);
        } catch (PeerException problem) {
            LOG.warn("router: {}", problem.getMessage());
        }
    }

    /** What was read of the guest itself is newer than the lists. */
    private List<AddressRow> withRecent(GuestId guest, List<AddressRow> own) {
        Map<IpAddress, AddressRow> rows = new LinkedHashMap<>();
        own.forEach(row -> rows.put(row.address(), row));
        networks.stream()
                .flatMap(network -> ipam.recentlyIn(network.prefix()).stream())
                .filter(row ->
                        row.nic().filter(nic -> nic.guest().equals(guest)).isEmpty())
                .forEach(row -> rows.putIfAbsent(row.address(), row));
        return new ArrayList<>(rows.values());
    }

    /** With its row a name or a mapping loses what says whose it is: it must be seen to be gone by then. */
    private boolean isFreed(List<AddressRow> rows) {
        return rows.stream()
                .filter(AddressRow::quarantined)
                .flatMap(row -> ReleaseRule.freeAt(row).stream())
                .anyMatch(due -> !due.isAfter(clock.instant()));
    }

    /** What the router holds, for rows of a guest that is gone. */
    RouterView routerFor(GuestId guest, List<AddressRow> rows) {
        boolean none = networks.stream().noneMatch(Network::onRouter);
        return none ? NO_ROUTER : router.view(isFreed(rows) ? Duration.ZERO : routerMaxAge, memory.since(guest));
    }

    private record View(RouterView router, boolean known) {}

    private boolean isOnRouter(Guest guest, List<AddressRow> rows) {
        Stream<Network> now = guest.nics().stream().flatMap(nic -> Network.of(nic, networks).stream());
        // A NIC that left the router's networks leaves a mapping behind.
        Stream<Network> before = networks.stream().filter(network -> rows.stream()
                .anyMatch(row -> network.prefix().contains(row.address())));
        return Stream.concat(now, before).anyMatch(Network::onRouter);
    }

    private Duration routerAge(List<AddressRow> rows, Ask ask, boolean known) {
        // That an old name is off the router may only be noted when it was seen to be: another receiver may have put
        // it.
        boolean renamed =
                rows.stream().anyMatch(row -> !row.avp(RowAttributes.WAS).isEmpty());
        // A start from memory has asked the router already, and does not wait for it once more.
        Duration usual = ask.starting() && !known ? ANY_AGE : routerMaxAge;
        return ask.freshRouter() || renamed || isFreed(rows) ? Duration.ZERO : usual;
    }

    private View view(Guest guest, List<AddressRow> rows, Duration maxAge) {
        if (isOnRouter(guest, rows)) {
            return routerView(maxAge, memory.since(guest.id()));
        }
        // Nothing of it belongs there and so the router is not asked; but a start must not take what a pass sees in
        // use.
        return new View(router.hasSeen() ? router.lastSeen() : NO_ROUTER, true);
    }

    private View routerView(Duration maxAge, Instant notBefore) {
        try {
            return new View(router.view(maxAge, notBefore), true);
        } catch (PeerException failure) {
            if (!router.hasSeen()) {
                throw failure;
            }
            return new View(router.lastSeen(), false);
        }
    }

    /** Each network with the state of its addresses, from a pass's own lists. */
    List<NetworkReport> networks(List<AddressRow> allRows, RouterView view) {
        Map<String, List<Prefix>> pools = pools();
        return networks.stream()
                .map(network -> new NetworkReport(
                        network,
                        AddressMap.of(
                                network,
                                allRows.stream()
                                        .filter(row -> network.prefix().contains(row.address()))
                                        .toList(),
                                view,
                                pools,
                                clock.instant())))
                .toList();
    }

    /** Each network with the state of its addresses; the router's view is of at most this age. */
    List<NetworkReport> networks(Duration maxAge) {
        RouterView view = routerForPass(maxAge);
        Map<String, List<Prefix>> pools = pools();
        return networks.stream()
                .map(network -> new NetworkReport(
                        network, AddressMap.of(network, ipam.rowsIn(network.prefix()), view, pools, clock.instant())))
                .toList();
    }

    /** The router's view for a pass; empty lists when no network is on the router. */
    RouterView routerForPass(Duration maxAge) {
        return networks.stream().anyMatch(Network::onRouter) ? router.view(maxAge) : NO_ROUTER;
    }
}
