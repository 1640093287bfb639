package net.berth.engine.reconcile;

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
import net.berth.engine.read.WorldFacts;
import net.berth.engine.run.Planning;
import net.berth.engine.run.Run;
import net.berth.engine.run.Target;
import net.berth.engine.write.Backoff;
import net.berth.engine.write.ClaimLane;
import net.berth.engine.write.RouterLane;
import net.berth.engine.write.RouterResult;
import net.berth.engine.write.RowWriter;
import net.berth.model.Guest;
import net.berth.model.Policy;
import net.berth.model.row.AddressRow;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;

/**
 * Brings any set of guests in line, in the order in which a crash between two steps does no harm: rows in NIPAP first,
 * then the router, for all runs in one session. What loses a compare-and-set is read and planned again, for its guest
 * alone.
 */
final class CarryOut {
    private static final int TRIES = 12;

    private final Reader reader;
    private final FactReader facts;
    private final WorldFacts worldFacts;
    private final Planning planning;
    private final RowWriter rows;
    private final RouterLane router;
    private final ClaimLane claims;
    private final Overtaken overtaken;
    private final Backoff backoff;
    private final Policy.Mode mode;

    CarryOut(
            Reader reader,
            FactReader facts,
            WorldFacts worldFacts,
            Planning planning,
            RowWriter rows,
            RouterLane router,
            ClaimLane claims,
            Backoff backoff,
            Policy.Mode mode) {
        this.reader = reader;
        this.facts = facts;
        this.worldFacts = worldFacts;
        this.planning = planning;
        this.rows = rows;
        this.router = router;
        this.claims = claims;
        this.overtaken = new Overtaken(reader);
        this.backoff = backoff;
        this.mode = mode;
    }

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
        planning.plan(run, worldFacts.own(run));
        if (run.plan().needsAllRows()) {
            planning.plan(run, worldFacts.whole(run, run.facts().router()));
        }
    }

    /**
     * Carries out the plans of runs, until NIPAP and the router are right. A run that fails keeps its failure.
     *
     * @return runs for which NIPAP and the router are right, or whose changes the router refused; a run whose guest has
     *     gone meanwhile is not among them
     */
    List<Run> all(List<Run> runs) {
        if (mode == Policy.Mode.REPORT) {
            return runs;
        }
        List<Run> settled = new ArrayList<>();
        List<Run> open = runs;
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
        List<Boolean> there = reader.each(runs, this::readAgain);
        List<Run> open = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            if (there.get(i)) {
                open.add(runs.get(i));
            }
        }
        return open;
    }

    /** False when the guest has gone, or could not be read. */
    private boolean readAgain(Run run) {
        try {
            if (run.target() instanceof Target.Present) {
                Optional<Guest> guest = reader.guest(run.id().vmid(), run.request())
                        .filter(found -> found.id().equals(run.id()));
                guest.ifPresent(found -> run.target(new Target.Present(found)));
                if (guest.isEmpty()) {
                    return false;
                }
            }
            plan(run, reader.rowsOf(Set.of(run.id())).getOrDefault(run.id(), List.of()));
            // The proof that a guest is gone is older than what changed its rows.
            return !(run.target() instanceof Target.Gone) || !run.plan().has(Stage.INTENT);
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
            } else if (run.plan().has(Stage.ROUTER)) {
                toRouter.add(run);
            } else {
                settled.add(run);
            }
        }
        router.submit(toRouter).forEach((run, result) -> routed(run, result, settled, again));
        return again;
    }

    private void routed(Run run, CompletableFuture<RouterResult> result, List<Run> settled, List<Run> again) {
        try {
            switch (SideBySide.answer(result)) {
                case RouterResult.Done done -> {
                    planAgain(run);
                    (run.plan().isReady() ? settled : again).add(run);
                }
                case RouterResult.Again changed -> {
                    run.lost(changed.why());
                    again.add(run);
                }
                case RouterResult.Refused refused -> {
                    run.refused(refused.conflicts());
                    planAgain(run);
                    settled.add(run);
                }
            }
        } catch (RuntimeException failure) {
            run.failed(failure);
        }
    }

    /** Writes the rows and plans again by them; answers the runs that lost a write. */
    private Set<Run> intend(List<Run> runs) {
        Set<Run> lost = new LinkedHashSet<>();
        List<Run> claiming = new ArrayList<>();
        List<Run> editing = new ArrayList<>();
        for (Run run : runs) {
            try {
                if (overtaken.isOvertaken(run, run.plan().changes(Stage.INTENT))) {
                    lost.add(run);
                } else {
                    (claims(run) ? claiming : editing).add(run);
                }
            } catch (PeerException unreadable) {
                run.failed(unreadable);
            }
        }
        lost.addAll(rows.write(editing, Stage.INTENT));
        if (!claiming.isEmpty()) {
            lost.addAll(claims.take(() -> claim(claiming)));
        }
        Stream.concat(editing.stream(), claiming.stream())
                .filter(run -> !lost.contains(run) && run.failure().isEmpty())
                .forEach(this::planAgain);
        return lost;
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
        return rows.write(runs, Stage.INTENT);
    }
}
