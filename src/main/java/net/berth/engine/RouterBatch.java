package net.berth.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.berth.engine.port.Router.Outcome;
import net.berth.model.router.RouterChange;
import org.jspecify.annotations.Nullable;

/** The changes of several guests on their way to the router; each guest is answered when its own are known. */
final class RouterBatch {
    /**
     * Who waits.
     *
     * @param changes its changes
     * @param done their outcomes, in the same order
     */
    record Waiting(List<RouterChange> changes, CompletableFuture<List<Outcome>> done) {
        /** Copies the list. */
        Waiting {
            changes = List.copyOf(changes);
        }

        Waiting(List<RouterChange> changes) {
            this(changes, new CompletableFuture<>());
        }
    }

    private final List<Waiting> waiting;
    private final List<RouterChange> changes;
    private final @Nullable Outcome[] outcomes;

    RouterBatch(List<Waiting> waiting) {
        this.waiting = List.copyOf(waiting);
        this.changes = waiting.stream().flatMap(each -> each.changes().stream()).toList();
        this.outcomes = new Outcome[changes.size()];
    }

    /** All of them, in order. */
    List<RouterChange> changes() {
        return changes;
    }

    /** Takes what became of some changes, by their place; whoever knows all of its own now is answered. */
    void settled(Map<Integer, Outcome> some) {
        some.forEach((place, outcome) -> outcomes[place] = outcome);
        int from = 0;
        for (Waiting each : waiting) {
            int to = from + each.changes().size();
            List<Outcome> own =
                    Arrays.stream(outcomes, from, to).filter(Objects::nonNull).toList();
            if (own.size() == to - from) {
                each.done().complete(own);
            }
            from = to;
        }
    }

    /** The same for all of them. */
    void settled(List<Outcome> all) {
        settled(IntStream.range(0, all.size()).boxed().collect(Collectors.toMap(place -> place, all::get)));
    }

    /** Whoever is not answered yet gets the failure. */
    void fail(RuntimeException failure) {
        waiting.forEach(each -> each.done().completeExceptionally(failure));
    }
}
