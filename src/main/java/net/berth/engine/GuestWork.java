package net.berth.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.berth.engine.Observer.Observation;
import net.berth.model.Avps;
import net.berth.model.Guest;
import net.berth.model.NicId;
import net.berth.model.Policy;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;
import net.berth.plan.Conflict;
import net.berth.plan.Duplicates;
import net.berth.plan.GuestPlan;
import net.berth.plan.GuestState;

/** The work for one guest: observe, plan, apply, report. One run at a time per guest; {@link GuestQueue} sees to that. */
final class GuestWork {
    private static final int TRIES = 12;
    /**
     * After a start began, its post-start event comes; this is for the one that gets lost, and for starts that fail. A
     * start that takes its time must not look like a stopped guest.
     */
    private static final Duration AFTER_START = Duration.ofSeconds(10);

    /** A start that is refused is over at once, and its config waits to be written. */
    private static final Duration AFTER_REFUSED_START = Duration.ofMillis(500);

    /** A start that a user makes during a backup calls no hook; so it is looked for until the lock is gone. */
    private static final Duration WHILE_LOCKED = Duration.ofSeconds(30);

    /** What the router refused it may take later, when a person changed what was in the way. */
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

    /** While NIPAP did not say whether what was just put on the router is still right. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Guests guests;
    private final Observer observer;
    private final LiveLook live;
    private final Applier applier;
    private final GuestWriter writer;
    private final Releaser releaser;
    private final Policy.Mode mode;
    private final Backoff backoff;
    private final GuestNews news;
    private final Fence fence;
    private final ClaimTurns turns;

    GuestWork(
            Guests guests,
            Observer observer,
            LiveLook live,
            Applier applier,
            GuestWriter writer,
            Releaser releaser,
            Policy.Mode mode,
            Backoff backoff,
            GuestNews news,
            Fence fence,
            ClaimTurns turns) {
        this.fence = fence;
        this.turns = turns;
        this.guests = guests;
        this.observer = observer;
        this.live = live;
        this.applier = applier;
        this.writer = writer;
        this.releaser = releaser;
        this.mode = mode;
        this.backoff = backoff;
        this.news = news;
    }

    /**
     * A run's end.
     *
     * @param again when the guest wants another run; zero when it does not
     * @param writesWait whether its config is still to be written: a person's order for it is then still open
     */
    record Done(Duration again, boolean writesWait) {
        Done(Duration again) {
            this(again, false);
        }
    }

    /**
     * Works on a guest.
     *
     * @param ready told once, when NIPAP and the router hold all they should, with the guest as it stands then; told
     *     empty when Proxmox shows no such guest
     */
    Done run(int vmid, Ask ask, Consumer<Optional<Settled>> ready) {
        Optional<Guest> guest = ask.starting() ? guests.readNow(vmid) : guests.read(vmid);
        if (guest.isEmpty()) {
            return gone(vmid, ready);
        }
        Done done = run(guest.get(), ask, ready);
        if (ask.starting()) {
            return done;
        }
        // A container may have the number of a VM that is gone, and the other way round.
        Duration release = releaser.release(vmid);
        boolean sooner = !release.isZero() && (done.again().isZero() || release.compareTo(done.again()) < 0);
        return sooner ? new Done(release) : done;
    }

    private Done gone(int vmid, Consumer<Optional<Settled>> ready) {
        ready.accept(Optional.empty());
        news.gone(vmid);
        List<Change> stale = fence.stale(vmid, List.of());
        if (!stale.isEmpty()) {
            applier.router(stale);
            return new Done(LOOK_AGAIN);
        }
        return new Done(releaser.release(vmid));
    }

    private Done run(Guest guest, Ask ask, Consumer<Optional<Settled>> ready) {
        Optional<Settling> over = settle(guest, ask);
        if (over.isEmpty()) {
            return gone(guest.id().vmid(), ready);
        }
        Settling settling = over.get();
        Observation seen = settling.seen();
        guests.refused(guest.id(), Peer.ROUTER, settling.refused());
        Settled settled = settled(seen);
        ready.accept(Optional.of(settled));
        if (seen.ipamKnown() && seen.routerKnown()) {
            news.worked(settled.report());
        }
        if (mode == Policy.Mode.REPORT || !seen.ipamKnown() || !seen.plan().managed()) {
            return new Done(fence.isOpen(guest.id().vmid()) ? LOOK_AGAIN : Duration.ZERO);
        }
        if (ask.starting()) {
            return afterStart(seen, ask, settled);
        }
        Done done = finish(seen);
        boolean refused = !settling.refused().isEmpty() && done.again().isZero();
        return refused ? new Done(AFTER_REFUSAL, done.writesWait()) : done;
    }

    /** Where all is as it should be, the post-start or the next list that shows the guest running comes to note that. */
    private static Done afterStart(Observation seen, Ask ask, Settled settled) {
        if (!settled.duplicated().isEmpty()) {
            return new Done(AFTER_REFUSED_START, true);
        }
        boolean nothingWaits = seen.routerKnown()
                && settled.report().state() == GuestState.SETTLED
                && isAtRest(seen.plan().guest())
                && !ask.writeBack();
        return nothingWaits ? new Done(Duration.ZERO) : new Done(AFTER_START, true);
    }

    /**
     * NIPAP and the router brought in line.
     *
     * @param seen how everything stands then
     * @param refused conflicts in the router's words
     */
    private record Settling(Observation seen, List<Conflict> refused) {}

    /** Empty when the guest has gone meanwhile. */
    private Optional<Settling> settle(Guest found, Ask ask) {
        int vmid = found.id().vmid();
        Guest guest = found;
        Ask next = ask;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Observation seen = fenced(vmid, observer.observe(guest, next));
            next = ask.again();
            GuestPlan plan = seen.plan();
            if (mode == Policy.Mode.REPORT || plan.readyToStart()) {
                return Optional.of(new Settling(seen, List.of()));
            }
            if (rewrites(plan)) {
                // The rows may be newer than the guest as it was read: what they say then is not overwritten.
                Optional<Guest> before = guests.again(guest);
                if (before.isEmpty()) {
                    return Optional.empty();
                }
                if (!isAsBefore(before.get(), guest)) {
                    guest = before.get();
                    continue;
                }
            }
            boolean claims = plan.changes(Stage.INTENT).stream().anyMatch(Change.Claim.class::isInstance);
            Guest same = guest;
            Ask again = next;
            Optional<GuestPlan> intended = claims
                    ? turns.take(
                            guest.title(),
                            () -> intent(observer.observe(same, again).plan()))
                    : intent(plan);
            if (intended.isEmpty()) {
                backoff.pause(attempt);
                continue;
            }
            plan = intended.get();
            news.applied(guest, plan.changes(Stage.INTENT));
            if (rewrites(plan)) {
                // Of several who write one row the last has looked at the guest last.
                Optional<Guest> after = guests.again(guest);
                if (after.isEmpty()) {
                    return Optional.empty();
                }
                if (!isAsBefore(after.get(), guest)) {
                    guest = after.get();
                    continue;
                }
            }
            List<Change> onRouter = plan.changes(Stage.ROUTER);
            if (!onRouter.isEmpty()) {
                fence.sends(vmid, onRouter);
                Applier.OnRouter applied = applier.router(onRouter);
                if (!applied.refused().isEmpty()) {
                    return Optional.of(new Settling(observer.observe(guest, next), applied.refused()));
                }
                news.applied(guest, onRouter);
            }
        }
        throw new PeerException(
                Peer.NIPAP,
                PeerException.Kind.DOWN,
                found.title() + " did not come to rest in " + TRIES + " tries; others change the same entries");
    }

    private static boolean rewrites(GuestPlan plan) {
        return plan.changes(Stage.INTENT).stream().anyMatch(Change.Edit.class::isInstance);
    }

    /** In all that a row or the router's entries depend on. */
    private static boolean isAsBefore(Guest now, Guest before) {
        return now.name().equals(before.name())
                && now.uuid().equals(before.uuid())
                && now.template() == before.template()
                && now.hookscript().equals(before.hookscript())
                && now.tags().equals(before.tags())
                && now.nics().equals(before.nics());
    }

    /** What this receiver put on the router and the rows, read since, do not ask for goes again. */
    private Observation fenced(int vmid, Observation seen) {
        if (!seen.ipamKnown()) {
            return seen;
        }
        List<Change> stale = fence.stale(vmid, seen.rows());
        return stale.isEmpty() ? seen : seen.with(plan -> plan.and(stale));
    }

    /** The plan, when all its rows could be written as planned. */
    private Optional<GuestPlan> intent(GuestPlan plan) {
        return applier.rows(plan.changes(Stage.INTENT)) ? Optional.of(plan) : Optional.empty();
    }

    private Done finish(Observation seen) {
        GuestPlan plan = seen.plan();
        Duration again = Duration.ZERO;
        boolean waits = false;
        List<Change> writes = plan.changes(Stage.GUEST);
        if (!writes.isEmpty() && hasGoneOn(plan.guest())) {
            return new Done(LOOK_AGAIN, true);
        }
        if (!writes.isEmpty()) {
            GuestWriter.Written written = writer.write(plan.guest(), writes);
            again = written.again();
            waits = !again.isZero();
            if (written.wrote()) {
                news.applied(plan.guest(), writes);
            }
            guests.refused(plan.guest().id(), Peer.PROXMOX, written.refused());
            if (written.wrote() && again.isZero()) {
                // What was just written is looked at once more: its first start may be over then.
                again = FirstBoot.FIRST_SECONDS.plusSeconds(1);
            }
        } else {
            guests.refused(plan.guest().id(), Peer.PROXMOX, List.of());
        }
        if (!applier.rows(notes(seen)) && again.isZero()) {
            again = Duration.ofSeconds(1);
        }
        return new Done(again.isZero() ? nextLook(plan.guest()) : again, waits);
    }

    /** Whether a VM's cloud-init may be further by now than it was when the write was decided on. */
    private boolean hasGoneOn(Guest guest) {
        return guest.cloudInit()
                && guests.again(guest)
                        .filter(now -> now.running() == guest.running() && isAsBefore(now, guest))
                        .filter(now -> untilFirstStartIsOver(now).isZero()
                                == untilFirstStartIsOver(guest).isZero())
                        .isEmpty();
    }

    /** That an old name is off the router is not noted by an old view of it. */
    private static List<Change> notes(Observation seen) {
        return seen.plan().changes(Stage.NOTE).stream()
                .filter(change -> seen.routerKnown()
                        || !(change instanceof Change.Edit edit
                                && edit.edit().avps().containsKey(Avps.WAS)))
                .toList();
    }

    /** Whether nothing passes about the guest that nobody would come to tell of when it is over. */
    static boolean isAtRest(Guest guest) {
        return nextLook(guest).isZero();
    }

    private static Duration nextLook(Guest guest) {
        Duration firstStart = untilFirstStartIsOver(guest);
        // A hibernated VM is locked for as long as it sleeps, and its start calls the hook.
        boolean passing = !guest.lock().isEmpty() && !guest.lock().equals("suspended");
        return passing && firstStart.isZero() ? WHILE_LOCKED : firstStart;
    }

    /** That a VM has run is noted when its first seconds are over; nothing else would come to look then. */
    private static Duration untilFirstStartIsOver(Guest guest) {
        boolean young = guest.running() && guest.cloudInit() && guest.uptime().compareTo(FirstBoot.FIRST_SECONDS) <= 0;
        return young ? FirstBoot.FIRST_SECONDS.minus(guest.uptime()).plusSeconds(1) : Duration.ZERO;
    }

    private Settled settled(Observation seen) {
        List<Conflict> conflicts = guests.refused(seen.plan().guest().id());
        List<NicId> owners = Duplicates.owners(seen.plan().guest(), seen.rows()).stream()
                .filter(owner -> guests.exists(owner.guest()))
                .toList();
        return new Settled(Reports.of(seen.with(live::remembered), conflicts), owners);
    }

    /**
     * A guest that may start as far as NIPAP and the router go.
     *
     * @param report how it stands
     * @param duplicated existing guests' NICs whose address its config would bring up
     */
    record Settled(GuestReport report, List<NicId> duplicated) {
        /** Copies the list. */
        Settled {
            duplicated = List.copyOf(duplicated);
        }
    }
}
