package net.berth.engine.write;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.engine.port.Router.Outcome;
import net.berth.engine.read.FactReader;
import net.berth.engine.read.Reader;
import net.berth.engine.run.Planning;
import net.berth.engine.run.Run;
import net.berth.engine.run.Run.Facts;
import net.berth.engine.status.ChangeLog;
import net.berth.engine.world.World;
import net.berth.model.GuestId;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import org.jspecify.annotations.Nullable;

/**
 * The runs whose changes go to the router in one session. They are planned anew while this receiver holds the lock on the
 * router: by the rows as they are now, read in one call, and the config as it is now. A row that changes after that read has
 * a receiver behind it that takes the lock later. So no receiver can bring an old state onto the router. Each run is
 * answered as soon as its own part is decided.
 */
final class RouterBatch implements Router.Batch {
    /**
     * One run.
     *
     * @param again whether the guest is to be read and planned again
     */
    record Part(Run run, CompletableFuture<Boolean> again) {
        Part(Run run) {
            this(run, new CompletableFuture<>());
        }
    }

    private final List<Part> parts;
    private final World world;
    private final Reader reader;
    private final FactReader facts;
    private final Planning planning;
    private final ChangeLog log;
    private final Map<Part, List<Change>> planned = new HashMap<>();
    private @Nullable Outcome[] outcomes = new Outcome[0];
    /** Before the read of the next view. */
    private Instant began;

    RouterBatch(List<Part> parts, World world, Reader reader, FactReader facts, Planning planning, ChangeLog log) {
        this.parts = List.copyOf(parts);
        this.world = world;
        this.reader = reader;
        this.facts = facts;
        this.planning = planning;
        this.log = log;
        this.began = world.now();
    }

    @Override
    public List<RouterChange> changes(RouterView current) {
        note(current);
        Map<GuestId, List<AddressRow>> rows =
                reader.rowsOf(parts.stream().map(part -> part.run().id()).toList());
        Set<GuestId> seen = new HashSet<>();
        List<RouterChange> all = new ArrayList<>();
        for (Part part : parts) {
            Run run = part.run();
            // Of two runs for one guest the second is planned again when the first has done its part.
            boolean second = !seen.add(run.id());
            if (!second) {
                plan(run, rows.getOrDefault(run.id(), List.of()), current);
            }
            List<Change> own = second ? List.of() : run.plan().changes(Stage.ROUTER);
            if (second || run.plan().has(Stage.INTENT)) {
                part.again().complete(true);
            } else if (own.isEmpty()) {
                part.again().complete(false);
            } else {
                planned.put(part, own);
                own.forEach(change -> all.add(((Change.OnRouter) change).change()));
            }
        }
        outcomes = new Outcome[all.size()];
        began = world.now();
        return all;
    }

    private void plan(Run run, List<AddressRow> own, RouterView current) {
        planning.plan(run, Facts.ofOwn(own, true, current, true, world.now()));
        if (run.plan().needsAllRows()) {
            planning.plan(run, facts.lastWhole(run, current));
        }
    }

    /** Notes a view with a time at which its read had not begun yet. */
    private void note(RouterView view) {
        world.routerRead(view, began);
        began = world.now();
    }

    @Override
    public void settled(Map<Integer, Outcome> some, RouterView after) {
        // The view first: a run that is answered plans by it at once.
        note(after);
        some.forEach((place, outcome) -> outcomes[place] = outcome);
        int from = 0;
        for (Part part : parts) {
            List<Change> changes = planned.getOrDefault(part, List.of());
            int to = from + changes.size();
            List<Outcome> own =
                    Arrays.stream(outcomes, from, to).filter(Objects::nonNull).toList();
            if (!changes.isEmpty()
                    && own.size() == changes.size()
                    && !part.again().isDone()) {
                complete(part, changes, own);
            }
            from = to;
        }
    }

    /** All outcomes are known. */
    void settled(Router.Applied applied) {
        Map<Integer, Outcome> all = new HashMap<>();
        for (int i = 0; i < applied.outcomes().size(); i++) {
            all.put(i, applied.outcomes().get(i));
        }
        settled(all, applied.after());
    }

    /** How many changes were sent. */
    int size() {
        return outcomes.length;
    }

    /** Runs that are not answered yet get the failure. */
    void fail(Throwable failure) {
        parts.forEach(part -> part.again().completeExceptionally(failure));
    }

    private void complete(Part part, List<Change> changes, List<Outcome> own) {
        List<Conflict> refused = new ArrayList<>();
        List<RouterChange> refusals = new ArrayList<>();
        String again = "";
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            switch (own.get(i)) {
                case Outcome.Done done -> {
                    part.run().done().add(change);
                    log.done(change);
                }
                case Outcome.Stale stale -> {
                    again = stale.why();
                    log.stale(change, again);
                }
                case Outcome.Busy busy -> {
                    again = busy.why();
                    log.stale(change, again);
                }
                case Outcome.Refused no -> {
                    log.refused(change, "the router", no.text());
                    refused.add(refusal(change, no.text()));
                    refusals.add(((Change.OnRouter) change).change());
                }
                case Outcome.Later later -> {
                    part.again()
                            .completeExceptionally(new PeerException(
                                    Peer.ROUTER,
                                    PeerException.Kind.DOWN,
                                    "the router could not " + change.what() + " now: " + later.why()));
                    return;
                }
            }
        }
        part.run().refused(refused);
        part.run().record().routerRefused(refusals, refused, world.now());
        part.run().lost(again);
        part.again().complete(!again.isEmpty() && refused.isEmpty());
    }

    private static Conflict refusal(Change change, String text) {
        return new Conflict(
                ConflictCode.ROUTER_REFUSED,
                change.nic().name(),
                "the router refused to " + change.what() + ": " + text,
                "change what the router complains about, then: berth sync "
                        + change.nic().guest().vmid() + " (by itself Berth sends it again after growing pauses only)");
    }
}
