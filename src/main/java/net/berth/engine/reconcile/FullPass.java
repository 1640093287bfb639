package net.berth.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.engine.port.Peer;
import net.berth.engine.port.SideBySide;
import net.berth.engine.read.GoneGuests;
import net.berth.engine.read.Reader;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.NetworkReport;
import net.berth.engine.report.PassReport;
import net.berth.engine.report.PassSteps;
import net.berth.engine.run.Planning;
import net.berth.engine.run.Request;
import net.berth.engine.run.Run;
import net.berth.engine.run.Run.Done;
import net.berth.engine.run.Run.Facts;
import net.berth.engine.status.ChangeLog;
import net.berth.engine.world.PassRecord;
import net.berth.engine.world.World;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.Inventory;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.NicId;
import net.berth.model.Policy;
import net.berth.model.Prefix;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.plan.Change;
import net.berth.plan.GuestPlan;
import net.berth.plan.RowIndex;
import net.berth.plan.address.AddressMap;
import net.berth.plan.view.GuestState;

/** Compares everything: one list of guests, one of rows per network, one view of the router, one config per guest. */
public record FullPass(
        World world,
        Reader reader,
        Planning planning,
        CarryOut carryOut,
        AfterRun after,
        GoneGuests gone,
        Reports reports,
        ChangeLog log,
        List<Network> networks,
        Policy policy) {
    /** Guests that need another run after a pass. */
    @FunctionalInterface
    public interface Later {
        /** The guest needs a run after a pause. */
        void request(int vmid, Duration pause, Request request);
    }

    /** What is read beside the list of guests and their configs. */
    private record Reads(
            Instant began,
            CompletableFuture<List<AddressRow>> rows,
            CompletableFuture<RouterView> router,
            CompletableFuture<Map<String, List<Prefix>>> pools) {
        static Reads begin(World world, Reader reader) {
            return new Reads(
                    world.now(),
                    reader.begin(reader::allRows),
                    reader.begin(reader::routerNow),
                    reader.begin(reader::pools));
        }
    }

    /** What was read, and the plan of each guest. */
    private record Comparison(
            Inventory inventory,
            List<Run> runs,
            List<GuestReport> unread,
            List<AddressRow> rows,
            RouterView router,
            Map<String, List<Prefix>> pools,
            List<String> gaps,
            Instant began) {
        /** Whether every guest could be read. */
        boolean isComplete() {
            return gaps.isEmpty() && unread.isEmpty();
        }

        void guard(PassRecord pass, boolean shown) {
            List<GuestPlan> plans =
                    pass.guarded(runs.stream().map(Run::guestPlan).toList(), isComplete(), shown);
            for (int i = 0; i < plans.size(); i++) {
                Run run = runs.get(i);
                run.planned(run.facts(), plans.get(i));
            }
        }
    }

    /** Compares, and writes nothing. */
    public PassReport look(Request request, PassSteps steps) {
        Reads reads = Reads.begin(world, reader);
        Comparison comparison = compare(reader.list(), reads, request, steps);
        comparison.guard(world.pass(), true);
        PassReport report = report(comparison);
        if (!request.writeBack()) {
            note(comparison, report);
        }
        return report;
    }

    /** All guests as last seen. */
    public PassReport lastSeen() {
        List<GuestReport> reports = world.guests().stream()
                .filter(record -> record.absences() == 0)
                .flatMap(record -> record.report().stream())
                .sorted(Comparator.comparing(report -> report.guest().id()))
                .toList();
        PassReport last = world.pass().compared();
        return new PassReport(reports, last.releases(), last.conflicts(), last.gaps(), last.asOf());
    }

    /**
     * Compares, and carries out what differs. Polls need not look once more at guests that are settled then.
     *
     * @param later takes the guests that need another run
     */
    public PassReport run(Request request, PassSteps steps, Later later) {
        Reads reads = Reads.begin(world, reader);
        Inventory inventory = reader.list();
        Set<GuestId> open = world.lists().examined(inventory);
        try {
            Comparison comparison = compare(inventory, reads, request, steps);
            comparison.guard(world.pass(), false);
            Set<GuestId> changed = carryOut(comparison, steps, later);
            PassReport report = report(comparison);
            note(comparison, report);
            report.guests()
                    .forEach(guest ->
                            log.worked(guest, changed.contains(guest.guest().id())));
            report.guests().stream()
                    .filter(guest -> guest.state() != GuestState.FAILING && needsNoLook(guest, comparison.began()))
                    .forEach(guest -> open.remove(guest.guest().id()));
            releases(comparison, later);
            return report;
        } finally {
            world.lists().examineAgain(open);
        }
    }

    private boolean needsNoLook(GuestReport report, Instant began) {
        return AfterRun.nextLook(report.guest()).isZero()
                && world.guest(report.guest().id()).untilSure(began).isZero();
    }

    private Comparison compare(Inventory inventory, Reads reads, Request request, PassSteps steps) {
        steps.part(PassSteps.Part.READING, inventory.guests().size());
        List<Reader.Reading> readings = reader.configs(inventory, steps::step);
        Comparison comparison = new Comparison(
                inventory,
                new ArrayList<>(),
                new ArrayList<>(),
                SideBySide.answer(reads.rows()),
                SideBySide.answer(reads.router()),
                SideBySide.answer(reads.pools()),
                new ArrayList<>(),
                reads.began());
        if (!inventory.complete()) {
            comparison.gaps().add(inventory.gap());
        }
        reader.liveOfNew(readings.stream()
                .flatMap(reading -> reading.guest().stream())
                .filter(policy::selects)
                .toList());
        RowIndex foreseen = RowIndex.of(comparison.rows());
        Map<IpAddress, Set<GuestId>> fixed = world.fixedAddresses();
        Planning plans = planning.atOnce();
        for (Reader.Reading reading : readings) {
            if (!reading.problem().isEmpty()) {
                reports.unread(reading.entry(), comparison.rows(), reading.problem(), reads.began())
                        .ifPresentOrElse(
                                comparison.unread()::add,
                                () -> comparison.gaps().add(reading.entry().id() + ": " + reading.problem()));
            }
            for (Guest guest : reading.guest()) {
                Run run = new Run(world.guest(guest.id()), request, new Run.Target.Present(guest), reads.began());
                Facts facts = new Facts(
                        foreseen.of(guest.id()),
                        foreseen,
                        true,
                        true,
                        comparison.router(),
                        true,
                        fixed,
                        comparison.pools(),
                        world.now());
                GuestPlan plan = plans.unguarded(run, facts);
                foreseen.foresee(plan);
                run.planned(facts, plan);
                comparison.runs().add(run);
            }
        }
        return comparison;
    }

    /** Answers the guests that had something to change. */
    private Set<GuestId> carryOut(Comparison comparison, PassSteps steps, Later later) {
        if (policy.mode() == Policy.Mode.REPORT) {
            return Set.of();
        }
        List<Run> changing = comparison.runs().stream()
                .filter(run -> !run.guestPlan().changes().isEmpty())
                .toList();
        steps.part(PassSteps.Part.MENDING, changing.size());
        List<Run> settled = carryOut.all(changing);
        reader.each(settled, run -> {
            finish(run, later);
            steps.step();
            return run;
        });
        changing.stream()
                .filter(run -> run.failure().isPresent() || !settled.contains(run))
                .forEach(run -> later.request(run.id().vmid(), Duration.ZERO, Request.LOOK));
        return changing.stream().map(Run::id).collect(Collectors.toSet());
    }

    private void finish(Run run, Later later) {
        run.record().refused(Peer.ROUTER, run.refused());
        Done next = run.next(after.heldBack(run).orElseGet(() -> after.finish(run)), world.now());
        if (!next.again().isZero()) {
            later.request(
                    run.id().vmid(),
                    next.again(),
                    new Request(Request.Why.LOOK, run.request().writeBack() && next.writesWait()));
        }
        log.applied(run.guestPlan().guest(), run.done());
        carryOut.planAgain(run);
    }

    /** Rows of guests that are in no list: each is released by a run of its own, which proves that the guest is gone. */
    private void releases(Comparison comparison, Later later) {
        missing(comparison)
                .map(GuestId::vmid)
                .distinct()
                .forEach(vmid -> later.request(vmid, Duration.ZERO, Request.LOOK));
    }

    /** Guests of this cluster that have rows and are in no list. */
    private Stream<GuestId> missing(Comparison comparison) {
        Set<GuestId> present = comparison.inventory().guests().stream()
                .map(Inventory.Entry::id)
                .collect(Collectors.toSet());
        return comparison.rows().stream()
                .flatMap(row -> row.nic().stream())
                .map(NicId::guest)
                .filter(guest -> guest.cluster().equals(world.cluster()) && !present.contains(guest))
                .distinct();
    }

    private PassReport report(Comparison comparison) {
        List<GuestReport> guests = Stream.concat(
                        comparison.runs().stream().map(reports::of), comparison.unread().stream())
                .sorted(Comparator.comparing(report -> report.guest().id()))
                .toList();
        List<String> gaps = new ArrayList<>(comparison.gaps());
        gaps.addAll(gone.doubts());
        List<Change> releases =
                gaps.isEmpty() && comparison.unread().isEmpty() ? plannedReleases(comparison) : List.of();
        return new PassReport(guests, releases, gone.conflicts(), gaps, comparison.began());
    }

    /** What would be done for rows whose guest is in no list; only shown. */
    private List<Change> plannedReleases(Comparison comparison) {
        Facts facts = Facts.ofAll(comparison.rows(), comparison.router(), world.now());
        return missing(comparison)
                .flatMap(id -> planning.gone(id, facts, id + " does not exist any more").changes().stream())
                .toList();
    }

    private void note(Comparison comparison, PassReport report) {
        report.guests().forEach(guest -> world.guest(guest.guest().id()).reported(guest));
        world.pass().compared(report);
        networks(reader.lastRows(), world.router(), comparison.pools(), comparison.began())
                .forEach(network -> world.pass().network(network));
    }

    /** The state of each network's addresses, from rows and the router's view that are read now. */
    public List<NetworkReport> readNetworks() {
        List<NetworkReport> reports = networks(reader.allRows(), reader.routerNow(), reader.pools(), world.now());
        reports.forEach(world.pass()::network);
        return reports;
    }

    /** Like {@link #readNetworks}, but as last seen, with what this receiver has written since. Nothing is read. */
    public List<NetworkReport> lastNetworks() {
        Map<String, NetworkReport> read = world.pass().networks();
        return networks(
                        reader.lastRows(),
                        world.router(),
                        reader.lastPools(),
                        world.pass().compared().asOf())
                .stream()
                .map(report -> new NetworkReport(
                        report.network(),
                        report.spans(),
                        read.getOrDefault(report.network().name(), report).asOf()))
                .toList();
    }

    private List<NetworkReport> networks(
            List<AddressRow> rows, RouterView view, Map<String, List<Prefix>> pools, Instant at) {
        return networks.stream()
                .map(network -> new NetworkReport(
                        network,
                        AddressMap.of(
                                network,
                                rows.stream()
                                        .filter(row -> network.prefix().contains(row.address()))
                                        .toList(),
                                view,
                                pools,
                                world.now()),
                        at))
                .toList();
    }
}
