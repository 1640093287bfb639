package net.berth.engine.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.engine.port.Router.Outcome;
import net.berth.engine.run.Run;
import net.berth.engine.status.ChangeLog;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import org.jspecify.annotations.Nullable;

/** The runs whose changes go to the router in one session. Each run is answered as soon as its own part is decided. */
final class RouterBatch implements Router.Batch {

    /**
     * One run.
     *
     * @param run which
     * @param result what became of its part
     */
    record Part(Run run, CompletableFuture<RouterResult> result) {
        Part(Run run) {
            this(run, new CompletableFuture<>());
        }
    }

    private final List<Part> parts;
    private final LockedPlanner planner;
    private final RouterViews views;
    private final ChangeLog log;
    private final Map<Part, List<Change>> planned = new HashMap<>();
    private @Nullable Outcome[] outcomes = new Outcome[0];

    RouterBatch(List<Part> parts, LockedPlanner planner, RouterViews views, ChangeLog log) {
        this.parts = List.copyOf(parts);
        this.planner = planner;
        this.views = views;
        this.log = log;
    }

    @Override
    public List<RouterChange> changes(RouterView current) {
        views.read(current);
        Map<Run, List<Change>> changes =
                planner.changes(parts.stream().map(Part::run).toList(), current);
        List<RouterChange> all = new ArrayList<>();
        for (Part part : parts) {
            List<Change> own = changes.get(part.run());
            if (own == null) {
                part.result().complete(new RouterResult.Again("its rows have changed"));
            } else if (own.isEmpty()) {
                part.result().complete(new RouterResult.Done());
            } else {
                planned.put(part, own);
                own.forEach(change -> all.add(((Change.OnRouter) change).change()));
            }
        }
        outcomes = new Outcome[all.size()];
        views.begin();
        return all;
    }

    @Override
    public void settled(Map<Integer, Outcome> some, RouterView after) {
        // The view first: a run that is answered plans by it at once.
        views.read(after);
        settled(some);
    }

    private void settled(Map<Integer, Outcome> some) {
        some.forEach((place, outcome) -> outcomes[place] = outcome);
        int from = 0;
        for (Part part : parts) {
            List<Change> changes = planned.getOrDefault(part, List.of());
            int to = from + changes.size();
            List<Outcome> own =
                    Arrays.stream(outcomes, from, to).filter(Objects::nonNull).toList();
            if (!changes.isEmpty()
                    && own.size() == changes.size()
                    && !part.result().isDone()) {
                complete(part, changes, own);
            }
            from = to;
        }
    }

    /** All outcomes are known. */
    void settled(Router.Applied applied) {
        views.read(applied.after());
        Map<Integer, Outcome> all = new HashMap<>();
        for (int i = 0; i < applied.outcomes().size(); i++) {
            all.put(i, applied.outcomes().get(i));
        }
        settled(all);
    }

    /** How many changes were sent. */
    int size() {
        return outcomes.length;
    }

    /** Runs that are not answered yet get the failure. */
    void fail(Throwable failure) {
        parts.forEach(part -> part.result().completeExceptionally(failure));
    }

    private void complete(Part part, List<Change> changes, List<Outcome> own) {
        List<Conflict> refused = new ArrayList<>();
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
                    log.refused(change, no.text());
                    refused.add(refusal(change, no.text()));
                }
                case Outcome.Later later -> {
                    part.result()
                            .completeExceptionally(new PeerException(
                                    Peer.ROUTER,
                                    PeerException.Kind.DOWN,
                                    "the router could not " + change.what() + " now: " + later.why()));
                    return;
                }
            }
        }
        part.result().complete(result(refused, again));
    }

    private static RouterResult result(List<Conflict> refused, String again) {
        if (!refused.isEmpty()) {
            return new RouterResult.Refused(refused);
        }
        return again.isEmpty() ? new RouterResult.Done() : new RouterResult.Again(again);
    }

    private static Conflict refusal(Change change, String text) {
        return new Conflict(
                ConflictCode.ROUTER_REFUSED,
                change.nic().name(),
                "the router refused to " + change.what() + ": " + text,
                "change what the router complains about, then: berth sync "
                        + change.nic().guest().vmid());
    }
}
