package net.berth.engine.reconcile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.SideBySide;
import net.berth.engine.read.FactReader;
import net.berth.engine.read.Reader;
import net.berth.engine.run.Planning;
import net.berth.engine.run.Run;
import net.berth.engine.world.Pace;
import net.berth.engine.world.Refusal;
import net.berth.engine.write.Backoff;
import net.berth.engine.write.RouterLane;
import net.berth.engine.write.RowWriter;
import net.berth.model.Guest;
import net.berth.model.Policy;
import net.berth.model.router.RouterChange;
import net.berth.model.row.AddressRow;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings any set of guests in line, in the order in which a crash between two steps does no harm: rows in NIPAP first,
 * then the router, for all runs in one session. What loses a compare-and-set is read and planned again, for its guest
 * alone.
 */
public record CarryOut(
        Reader reader,
        FactReader facts,
        Planning planning,
        RowWriter rows,
        RouterLane router,
        Backoff backoff,
        Policy.Mode mode) {
    private static final Logger LOG = LoggerFactory.getLogger(CarryOut.class);
    private static final int TRIES = 12;

    /** Reads what is stale for a guest that was just read, and plans. */
    void plan(Run run) {
        Guest guest = run.guest().orElseThrow();
        planning.plan(run, facts.read(run, guest));
        if (!run.facts().ipamKnown() && !run.plan().isReady()) {
            planning.plan(run, facts.late(run, run.rowsToCome().orElseThrow()));
        }
        if (run.facts().ipamKnown()) {
            planWhole(run);
        }
    }

    /** Plans by the guest's own rows, and by all rows where those do not suffice. */
    void plan(Run run, List<AddressRow> own) {
        planning.plan(run, facts.own(run, own));
        planWhole(run);
    }

    private void planWhole(Run run) {
        if (run.plan().needsAllRows() && !run.facts().whole()) {
            planning.plan(run, facts.whole(run, reader.recentRows()));
        }
    }

    /** Plans by what was last seen, after this receiver's own writes. Nothing is read. */
    void planAgain(Run run) {
        planning.plan(run, facts.lastOwn(run));
        if (run.plan().needsAllRows()) {
            planning.plan(run, facts.lastWhole(run, run.facts().router()));
        }
    }

    /**
     * Carries out the plans of runs, until NIPAP and the router are right. A run that fails keeps its failure.
     *
     * @return runs for which NIPAP and the router are right, or whose changes the router refused, or which have a
     *     {@link Run#pause}; a run whose guest has gone meanwhile is not among them
     */
    List<Run> all(List<Run> runs) {
        if (mode == Policy.Mode.REPORT) {
            return runs;
        }
        runs.forEach(run -> run.pause(wait(run)));
        List<Run> settled = new ArrayList<>(
                runs.stream().filter(run -> !run.pause().isZero()).toList());
        List<Run> open = runs.stream().filter(run -> run.pause().isZero()).toList();
        for (int attempt = 0; attempt < TRIES; attempt++) {
            List<Run> again = step(open, settled);
            if (again.isEmpty()) {
                return settled;
            }
            backoff.pause(attempt);
            open = readAgain(again);
        }
        open.forEach(run -> run.failed(new PeerException(
                Peer.NIPAP,
                PeerException.Kind.DOWN,
                "gave up on " + run.title() + " after " + TRIES + " attempts, the last because " + run.lastLoss()
                        + ". Will be retried")));
        return settled;
    }

    private List<Run> readAgain(List<Run> runs) {
        if (runs.size() == 1) {
            return runs.stream().filter(this::readAgain).toList();
        }
        return reader.each(runs, run -> readAgain(run) ? List.of(run) : List.<Run>of()).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** False when the guest has gone, or could not be read. */
    private boolean readAgain(Run run) {
        try {
            reader.beginAgain(run);
            if (run.target() instanceof Run.Target.Present) {
                Optional<Guest> guest = reader.guest(run.id().vmid(), run.request())
                        .filter(found -> found.id().equals(run.id()));
                guest.ifPresent(run::read);
                if (guest.isEmpty()) {
                    return false;
                }
            }
            plan(run, reader.rowsOf(Set.of(run.id())).getOrDefault(run.id(), List.of()));
            // The proof that a guest is gone is older than what changed its rows.
            return !(run.target() instanceof Run.Target.Gone) || !run.plan().has(Stage.INTENT);
        } catch (PeerException failure) {
            run.failed(failure);
            return false;
        }
    }

    /** One round; answers the runs that are to be read and planned again. */
    private List<Run> step(List<Run> runs, List<Run> settled) {
        Set<Run> lost =
                intend(runs.stream().filter(run -> run.plan().has(Stage.INTENT)).toList());
        List<Run> again = new ArrayList<>(lost);
        List<Run> toRouter = new ArrayList<>();
        for (Run run : runs) {
            if (lost.contains(run) || run.failure().isPresent()) {
                continue;
            }
            if (run.plan().has(Stage.INTENT)) {
                again.add(run);
            } else if (run.plan().has(Stage.ROUTER) && !isHeld(run)) {
                toRouter.add(run);
            } else {
                settled.add(run);
            }
        }
        router.submit(toRouter).forEach((run, result) -> routed(run, result, settled, again));
        return again;
    }

    /** Whether the router refused just now what the run would send; an order is sent nevertheless. */
    private static boolean isHeld(Run run) {
        List<RouterChange> wanted = run.plan().changes(Stage.ROUTER).stream()
                .map(change -> ((Change.OnRouter) change).change())
                .toList();
        Optional<Refusal> refusal = run.record()
                .refusal()
                .filter(found -> found.holds(wanted, run.facts().now()))
                .filter(found -> !run.request().confirmed() && !(run.target() instanceof Run.Target.Released));
        refusal.ifPresent(found -> run.refused(found.conflicts()));
        return refusal.isPresent();
    }

    private void routed(Run run, CompletableFuture<Boolean> result, List<Run> settled, List<Run> again) {
        try {
            if (SideBySide.answer(result)) {
                again.add(run);
                return;
            }
            planAgain(run);
            (run.plan().isReady() || !run.refused().isEmpty() ? settled : again).add(run);
        } catch (RuntimeException failure) {
            run.failed(failure);
        }
    }

    /** Writes the rows and plans again by them; answers the runs that lost a write. */
    private Set<Run> intend(List<Run> runs) {
        List<Run> changing = runs.stream().filter(CarryOut::isOwners).toList();
        Set<Run> lost = new LinkedHashSet<>();
        List<Run> claiming = new ArrayList<>();
        List<Run> editing = new ArrayList<>();
        for (Run run : runs) {
            try {
                if (isOvertaken(run)) {
                    lost.add(run);
                } else {
                    (claims(run) ? claiming : editing).add(run);
                }
            } catch (PeerException unreadable) {
                run.failed(unreadable);
            }
        }
        lost.addAll(rows.write(editing));
        if (!claiming.isEmpty()) {
            lost.addAll(rows.inTurn(() -> claim(claiming)));
        }
        Stream.concat(editing.stream(), claiming.stream())
                .filter(run -> !lost.contains(run) && run.failure().isEmpty())
                .forEach(this::planAgain);
        changing.stream()
                .filter(run -> !lost.contains(run) && run.failure().isEmpty())
                .forEach(CarryOut::made);
        return lost;
    }

    /**
     * Before an existing row is edited the guest is read once more. The row may have been written by another receiver that
     * has seen a newer config than this run has; its text must not be overwritten with an older one. Before an address is
     * claimed the guest is read once more if the run has waited since: the guest may be deleted by now.
     */
    private boolean isOvertaken(Run run) {
        Optional<Guest> before = run.guest();
        boolean edits = run.plan().changes(Stage.INTENT).stream().anyMatch(Change.Edit.class::isInstance);
        return before.isPresent()
                && (edits || !reader.isRecent(run))
                && reader.unchanged(before.get(), run.request()).isEmpty();
    }

    /**
     * Whether the plan has changes of rows that the owner of a guest can cause at will, by another name or other NICs. If they
     * come too often, they and the rest of the guest's plan wait. The first addresses of a guest, a release, and the repair of
     * an entry that was edited on the router are none of them.
     */
    private static boolean isOwners(Run run) {
        return run.guest().isPresent()
                && run.plan().has(Stage.INTENT)
                && run.facts().own().stream().anyMatch(row -> !row.quarantined());
    }

    /** How long such changes wait. An order does not wait, nor does a start that needs another address or MAC. */
    private static Duration wait(Run run) {
        boolean urgent = run.request().confirmed()
                || (run.request().starting()
                        && !run.plan().changes(Stage.INTENT).stream().allMatch(Change::onlyRenames));
        return !isOwners(run) || urgent
                ? Duration.ZERO
                : run.record().changesWait(run.facts().now());
    }

    private static void made(Run run) {
        Pace pace = run.record().changed(run.facts().now());
        if (!pace.pause().isZero()) {
            LOG.warn(
                    "{} has changed its name or NICs {} times without a minute between; the next change waits {} s",
                    run.title(),
                    pace.changes(),
                    pace.pause().toSeconds());
        }
    }

    private static boolean claims(Run run) {
        return run.plan().changes(Stage.INTENT).stream().anyMatch(Change.Claim.class::isInstance);
    }

    /** A single run that waited for its turn chooses again, by what was claimed meanwhile. */
    private Set<Run> claim(List<Run> runs) {
        if (runs.size() == 1) {
            planning.plan(runs.getFirst(), facts.whole(runs.getFirst(), reader.recentRows()));
            if (!claims(runs.getFirst())) {
                return Set.copyOf(runs);
            }
        }
        return rows.write(runs);
    }
}
