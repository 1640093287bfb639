package net.berth.engine.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import net.berth.engine.port.Peer;
import net.berth.engine.read.FactReader;
import net.berth.engine.read.GoneGuests;
import net.berth.engine.read.Reader;
import net.berth.engine.report.GuestReport;
import net.berth.engine.run.Request;
import net.berth.engine.run.Run;
import net.berth.engine.run.Run.Done;
import net.berth.engine.status.ChangeLog;
import net.berth.engine.world.GuestRecord;
import net.berth.engine.world.World;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;
import net.berth.plan.entry.ReleaseRule;
import net.berth.plan.guest.GuestConfigRule;
import net.berth.plan.view.GuestState;

/** Reconciles the guests of one VMID: the one that is there, and those that had the VMID before and are gone. */
public record GuestRuns(
        World world,
        Reader reader,
        FactReader facts,
        CarryOut carryOut,
        AfterRun after,
        GoneGuests gone,
        Reports reports,
        ChangeLog log) {
    /** The post-start event may be lost, and a start may fail; a slow start must not look like a stopped guest. */
    private static final Duration AFTER_START = Duration.ofSeconds(10);

    /** A refused start is over at once, and the guest's config waits to be written. */
    private static final Duration AFTER_REFUSED_START = Duration.ofMillis(500);

    /** No event says when a right or a node is back. */
    private static final Duration WHILE_DOUBTED = Duration.ofMinutes(1);

    private static final Duration SOON = Duration.ofMillis(100);

    /**
     * A guest that may start as far as NIPAP and the router are concerned.
     *
     * @param duplicated NICs of existing guests whose address its config would bring up
     */
    public record Settled(GuestReport report, List<NicId> duplicated) {}

    /**
     * Reconciles.
     *
     * @param ready called once, when NIPAP and the router are right; with nothing when Proxmox shows no such guest
     * @throws net.berth.engine.port.PeerException when a system does not answer; the caller tries again later
     */
    public Done run(int vmid, Request request, Consumer<Optional<Settled>> ready) {
        Instant began = world.now();
        Optional<GuestId> expected =
                world.lists().place(vmid).map(place -> place.value().id());
        Optional<CompletableFuture<List<AddressRow>>> rows = expected.flatMap(facts::begin);
        if (rows.isEmpty() && request.starting()) {
            facts.beginForNew(vmid);
        }
        Optional<Guest> guest = reader.guest(vmid, request);
        Done done = guest.isEmpty()
                ? vanished(vmid, ready)
                : present(
                        guest.get(),
                        request,
                        began,
                        rows.filter(reading -> guest.map(Guest::id).equals(expected)),
                        ready);
        // The answer to a start does not wait for guests that had the VMID before.
        return request.starting() ? done : done.and(releases(vmid));
    }

    private Done vanished(int vmid, Consumer<Optional<Settled>> ready) {
        ready.accept(Optional.empty());
        world.numbered(vmid).forEach(GuestRecord::gone);
        return Done.FOR_GOOD;
    }

    private Done present(
            Guest guest,
            Request request,
            Instant began,
            Optional<CompletableFuture<List<AddressRow>>> rows,
            Consumer<Optional<Settled>> ready) {
        Run run = new Run(world.guest(guest.id()), request, new Run.Target.Present(guest), began);
        rows.ifPresent(run::rowsToCome);
        carryOut.plan(run);
        boolean isThere = !carryOut.all(List.of(run)).isEmpty();
        run.orThrow();
        if (!isThere) {
            return vanished(guest.id().vmid(), ready);
        }
        run.record().refused(Peer.ROUTER, run.refused());
        run.record().failure("");
        Settled settled = settled(run);
        ready.accept(Optional.of(settled));
        noteEvents(run, settled.report());
        Done done = afterwards(run, settled).and(Done.again(run.record().untilSure(run.began())));
        return run.next(done, world.now());
    }

    private void noteEvents(Run run, GuestReport report) {
        log.applied(report.guest(), run.done());
        if (run.facts().ipamKnown() && run.facts().routerKnown()) {
            log.worked(report, true);
        }
        run.done().clear();
    }

    private Done afterwards(Run run, Settled settled) {
        return after.heldBack(run).orElseGet(() -> run.request().starting() ? afterStart(run, settled) : finish(run));
    }

    private Done finish(Run run) {
        Done done = after.finish(run);
        carryOut.planAgain(run);
        GuestReport report = reports.of(run);
        run.record().reported(report);
        noteEvents(run, report);
        return done;
    }

    /** Once all is right, the post-start event or the next list that shows the guest running is enough. */
    private static Done afterStart(Run run, Settled settled) {
        if (!settled.duplicated().isEmpty()) {
            return new Done(AFTER_REFUSED_START, true);
        }
        boolean nothingWaits = run.facts().routerKnown()
                && settled.report().state() == GuestState.SETTLED
                && AfterRun.nextLook(settled.report().guest()).isZero()
                && !run.request().writeBack();
        return nothingWaits ? Done.FOR_GOOD : new Done(AFTER_START, true);
    }

    private Settled settled(Run run) {
        GuestReport report = reports.of(run);
        run.record().reported(report);
        List<NicId> owners = GuestConfigRule.duplicated(
                        report.guest(), run.facts().rows())
                .stream()
                .filter(owner -> isThere(owner.guest()))
                .toList();
        return new Settled(report, owners);
    }

    /** A guest of another cluster counts as present: only that cluster's receiver knows. */
    private boolean isThere(GuestId guest) {
        return !guest.cluster().equals(world.cluster()) || reader.isListed(guest);
    }

    private Done releases(int vmid) {
        Done done = Done.FOR_GOOD;
        for (GuestId id : gone.missing(vmid)) {
            done = done.and(release(world.guest(id)));
        }
        return done;
    }

    private Done release(GuestRecord record) {
        List<AddressRow> rows = reader.rowsOf(Set.of(record.id())).getOrDefault(record.id(), List.of());
        if (rows.isEmpty()) {
            world.forget(record.id());
            return Done.FOR_GOOD;
        }
        return switch (gone.verdict(record, rows)) {
            case NOT_NOW -> Done.FOR_GOOD;
            case DOUBTED -> Done.again(WHILE_DOUBTED);
            case GONE -> released(record, rows);
        };
    }

    private Done released(GuestRecord record, List<AddressRow> rows) {
        Run run = new Run(
                record, Request.LOOK, new Run.Target.Gone(record.id() + " does not exist any more"), world.now());
        carryOut.plan(run, rows);
        boolean isOver = !carryOut.all(List.of(run)).isEmpty();
        run.orThrow();
        if (!isOver) {
            return Done.again(SOON);
        }
        if (!run.refused().isEmpty()) {
            return Done.again(record.refusedFor(world.now()));
        }
        after.free(run);
        return nextDue(record).map(Done::again).orElseGet(() -> {
            world.forget(record.id());
            return Done.FOR_GOOD;
        });
    }

    /** When the next of its rows is due to be freed; empty when none is left. */
    private Optional<Duration> nextDue(GuestRecord record) {
        List<AddressRow> left = record.rows().orElse(List.of());
        if (left.isEmpty()) {
            return Optional.empty();
        }
        List<Instant> due = new ArrayList<>();
        left.forEach(row -> ReleaseRule.freeAt(row).ifPresent(due::add));
        return Optional.of(due.stream()
                .min(Instant::compareTo)
                .map(first -> Duration.between(world.now(), first).plusMillis(50))
                .filter(Duration::isPositive)
                .orElse(due.isEmpty() ? Duration.ofMinutes(10) : SOON));
    }

    /** One guest as it is now, with what it says of its own addresses; writes nothing. */
    public Optional<GuestReport> look(int vmid, Request request) {
        Instant began = world.now();
        return reader.guest(vmid, request).map(guest -> {
            Run run = Run.look(world.guest(guest.id()), request, guest, began);
            carryOut.plan(run);
            GuestReport report = reports.asked(run);
            if (!request.writeBack()) {
                run.record().reported(report);
            }
            return report;
        });
    }

    /** The guest's report as last made, if there is one. */
    public Optional<GuestReport> last(int vmid) {
        return world.numbered(vmid).stream()
                .filter(record -> record.absences() == 0)
                .flatMap(record -> record.report().stream())
                .max((a, b) -> a.asOf().compareTo(b.asOf()));
    }
}
