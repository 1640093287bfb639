package net.berth.engine;

import java.util.List;
import java.util.Optional;
import net.berth.engine.Observer.Observation;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.model.Guest;
import net.berth.model.Policy;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;
import net.berth.plan.Conflict;
import net.berth.plan.GuestPlan;

/** Brings NIPAP and the router in line with a guest: observes, plans and applies until nothing is left for them. */
final class Settler {
    private static final int TRIES = 12;

    private final Guests guests;
    private final Observer observer;
    private final Applier applier;
    private final Policy.Mode mode;
    private final Backoff backoff;
    private final GuestNews news;
    private final Fence fence;
    private final ClaimTurns turns;

    Settler(
            Guests guests,
            Observer observer,
            Applier applier,
            Policy.Mode mode,
            Backoff backoff,
            GuestNews news,
            Fence fence,
            ClaimTurns turns) {
        this.guests = guests;
        this.observer = observer;
        this.applier = applier;
        this.mode = mode;
        this.backoff = backoff;
        this.news = news;
        this.fence = fence;
        this.turns = turns;
    }

    /** What came of one try. */
    sealed interface Outcome {
        /** The guest is not there any more. */
        record Gone() implements Outcome {}

        /** It takes another try, with the guest as it was read last. */
        record Again(Guest guest) implements Outcome {}
    }

    /**
     * NIPAP and the router brought in line.
     *
     * @param seen how everything stands then
     * @param refused conflicts in the router's words
     */
    record Settling(Observation seen, List<Conflict> refused) implements Outcome {}

    /**
     * Empty when the guest has gone meanwhile.
     *
     * @throws PeerException when others change the same entries again and again
     */
    Optional<Settling> settle(Guest found, Ask ask) {
        Guest guest = found;
        Ask next = ask;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            switch (attempt(guest, next, attempt)) {
                case Settling over -> {
                    return Optional.of(over);
                }
                case Outcome.Gone gone -> {
                    return Optional.empty();
                }
                case Outcome.Again again -> guest = again.guest();
            }
            next = ask.again();
        }
        throw new PeerException(
                Peer.NIPAP,
                PeerException.Kind.DOWN,
                found.title() + " did not come to rest in " + TRIES + " tries; others change the same entries");
    }

    private Outcome attempt(Guest guest, Ask ask, int number) {
        Observation seen = fenced(guest, observer.observe(guest, ask));
        GuestPlan plan = seen.plan();
        if (mode == Policy.Mode.REPORT || plan.readyToStart()) {
            return new Settling(seen, List.of());
        }
        boolean claims = plan.changes(Stage.INTENT).stream().anyMatch(Change.Claim.class::isInstance);
        // A claim is planned anew when its turn has come.
        Intent intent = claims
                ? turns.take(
                        guest.title(),
                        () -> intend(guest, observer.observe(guest, ask.again()).plan()))
                : intend(guest, plan);
        return switch (intent) {
            case Intent.Overtaken overtaken -> overtaken.by();
            case Intent.Lost lost -> {
                backoff.pause(number);
                yield new Outcome.Again(guest);
            }
            case Intent.Written written -> {
                news.applied(guest, written.plan().changes(Stage.INTENT));
                // Of several who write one row the last has looked at the guest last.
                yield overtaken(guest, written.plan()).orElseGet(() -> routed(guest, written.plan(), ask.again()));
            }
        };
    }

    /** What came of the rows that a plan wants. */
    private sealed interface Intent {
        /** All are written as planned. */
        record Written(GuestPlan plan) implements Intent {}

        /** Another was there first. */
        record Lost() implements Intent {}

        /** The guest is another one meanwhile; nothing is written. */
        record Overtaken(Outcome by) implements Intent {}
    }

    private Intent intend(Guest guest, GuestPlan plan) {
        // The rows may be newer than the guest as it was read: what they say then is not overwritten.
        Optional<Outcome> overtaken = overtaken(guest, plan);
        if (overtaken.isPresent()) {
            return new Intent.Overtaken(overtaken.get());
        }
        return applier.rows(plan.changes(Stage.INTENT)) ? new Intent.Written(plan) : new Intent.Lost();
    }

    /** Where a plan rewrites rows, the guest is read once more; empty when it is as it was. */
    private Optional<Outcome> overtaken(Guest guest, GuestPlan plan) {
        if (plan.changes(Stage.INTENT).stream().noneMatch(Change.Edit.class::isInstance)) {
            return Optional.empty();
        }
        Optional<Guest> now = guests.again(guest);
        if (now.isEmpty()) {
            return Optional.of(new Outcome.Gone());
        }
        return now.filter(other -> !isAsBefore(other, guest)).map(Outcome.Again::new);
    }

    private Outcome routed(Guest guest, GuestPlan plan, Ask again) {
        List<Change> onRouter = plan.changes(Stage.ROUTER);
        if (!onRouter.isEmpty()) {
            fence.sends(guest.id().vmid(), onRouter);
            Applier.OnRouter applied = applier.router(onRouter);
            if (!applied.refused().isEmpty()) {
                return new Settling(observer.observe(guest, again), applied.refused());
            }
            news.applied(guest, onRouter);
        }
        return new Outcome.Again(guest);
    }

    /** What this receiver put on the router and the rows, read since, do not ask for goes again. */
    private Observation fenced(Guest guest, Observation seen) {
        if (!seen.ipamKnown() || !seen.routerKnown()) {
            return seen;
        }
        List<Change> stale = fence.stale(guest.id().vmid(), seen.rows());
        return stale.isEmpty() ? seen : seen.with(plan -> plan.and(stale));
    }

    /** In all that a row or the router's entries depend on. */
    static boolean isAsBefore(Guest now, Guest before) {
        return now.name().equals(before.name())
                && now.uuid().equals(before.uuid())
                && now.template() == before.template()
                && now.hookscript().equals(before.hookscript())
                && now.tags().equals(before.tags())
                && now.nics().equals(before.nics());
    }
}
