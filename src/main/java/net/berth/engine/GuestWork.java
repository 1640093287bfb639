package net.berth.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.berth.engine.Observer.Observation;
import net.berth.engine.port.Peer;
import net.berth.model.Guest;
import net.berth.model.NicId;
import net.berth.model.Policy;
import net.berth.model.row.RowAttributes;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;
import net.berth.plan.Conflict;
import net.berth.plan.GuestPlan;
import net.berth.plan.address.Duplicates;
import net.berth.plan.view.GuestState;

/** The work for one guest: observe, plan, apply, report. One run at a time per guest; {@link GuestQueue} sees to that. */
final class GuestWork {
    /**
     * After a start began, its post-start event comes; this is for the one that gets lost, and for starts that fail. A
     * start that takes its time must not look like a stopped guest.
     */
    private static final Duration AFTER_START = Duration.ofSeconds(10);

    /** A start that is refused is over at once, and its config waits to be written. */
    private static final Duration AFTER_REFUSED_START = Duration.ofMillis(500);

    /** A start that a user makes during a backup calls no hook; so it is looked for until the lock is gone. */
    private static final Duration WHILE_LOCKED = Duration.ofSeconds(30);

    /** What the router refused it may take later, when a person changed what was in the way; and it may answer again. */
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

    /** While NIPAP did not say whether what was just put on the router is still right. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Guests guests;
    private final Settler settler;
    private final LiveLook live;
    private final Applier applier;
    private final GuestWriter writer;
    private final Releaser releaser;
    private final Policy.Mode mode;
    private final GuestNews news;
    private final Fence fence;

    GuestWork(
            Guests guests,
            Settler settler,
            LiveLook live,
            Applier applier,
            GuestWriter writer,
            Releaser releaser,
            Policy.Mode mode,
            GuestNews news,
            Fence fence) {
        this.fence = fence;
        this.guests = guests;
        this.settler = settler;
        this.live = live;
        this.applier = applier;
        this.writer = writer;
        this.releaser = releaser;
        this.mode = mode;
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
        Optional<Settler.Settling> over = settler.settle(guest, ask);
        if (over.isEmpty()) {
            return gone(guest.id().vmid(), ready);
        }
        Settler.Settling settling = over.get();
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
        boolean open = !settling.refused().isEmpty() || fence.isOpen(guest.id().vmid());
        return open && done.again().isZero() ? new Done(AFTER_REFUSAL, done.writesWait()) : done;
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
                        .filter(now -> now.running() == guest.running() && Settler.isAsBefore(now, guest))
                        .filter(now -> untilFirstStartIsOver(now).isZero()
                                == untilFirstStartIsOver(guest).isZero())
                        .isEmpty();
    }

    /** That an old name is off the router is not noted by an old view of it. */
    private static List<Change> notes(Observation seen) {
        return seen.plan().changes(Stage.NOTE).stream()
                .filter(change -> seen.routerKnown()
                        || !(change instanceof Change.Edit edit
                                && edit.edit().avps().containsKey(RowAttributes.WAS)))
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
