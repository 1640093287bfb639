package net.berth.engine.reconcile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.berth.engine.port.Peer;
import net.berth.engine.read.Reader;
import net.berth.engine.run.Planning;
import net.berth.engine.run.Run;
import net.berth.engine.run.Run.Done;
import net.berth.engine.write.ConfigWriter;
import net.berth.engine.write.RowWriter;
import net.berth.model.Guest;
import net.berth.model.Policy;
import net.berth.model.row.RowAttributes;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;
import net.berth.plan.entry.Ownership;

/** What follows once NIPAP and the router are right: the guest's config, notes in its rows, and when to look again. */
public record AfterRun(Reader reader, ConfigWriter configs, RowWriter rows, Policy.Mode mode) {
    /** For the write that found the guest changed, or the rows changed by another, and for a name that waits. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** A start that the operator makes during a backup calls no hook, so the guest is looked at until the lock is gone. */
    private static final Duration WHILE_LOCKED = Duration.ofSeconds(30);

    /** What is next for a run after which nothing is written, or not now; empty for all others. */
    Optional<Done> heldBack(Run run) {
        if (mode == Policy.Mode.REPORT
                || !run.facts().ipamKnown()
                || !run.guestPlan().managed()) {
            return Optional.of(Done.FOR_GOOD);
        }
        return run.pause().isZero() ? Optional.empty() : Optional.of(new Done(run.pause(), true));
    }

    /** Writes the config and the notes. */
    Done finish(Run run) {
        Guest guest = run.guest().orElseThrow();
        List<Change> writes = run.plan().changes(Stage.GUEST);
        Duration again = Duration.ZERO;
        boolean waits = false;
        if (writes.isEmpty()) {
            run.record().refused(Peer.PROXMOX, List.of());
        } else if (!reader.isRecent(run) || hasGoneOn(run, guest)) {
            return new Done(LOOK_AGAIN, true);
        } else {
            ConfigWriter.Written written = configs.write(guest, writes);
            run.record().refused(Peer.PROXMOX, written.refused());
            waits = !written.again().isZero();
            again = written.again();
            if (written.wrote()) {
                run.done().addAll(writes);
                run.read(written.guest());
            }
        }
        List<Change> notes = notes(run);
        if ((!rows.edit(run, notes) || notes.stream().anyMatch(AfterRun::mayRename)) && again.isZero()) {
            again = LOOK_AGAIN;
        }
        return new Done(again.isZero() ? nextLook(guest) : again, waits);
    }

    /** Frees the rows of a guest that is gone that are due, once a fresh view has shown that their entries are gone. */
    void free(Run run) {
        if (run.facts().routerKnown()) {
            rows.edit(run, run.plan().changes(Stage.NOTE));
        }
    }

    /** Whether a VM's cloud-init may have read its image since the write was decided on. */
    private boolean hasGoneOn(Run run, Guest guest) {
        return guest.cloudInit()
                && reader.unchanged(guest, run.request())
                        .filter(now -> now.running() == guest.running())
                        .filter(now ->
                                firstStart(now).isZero() == firstStart(guest).isZero())
                        .isEmpty();
    }

    /** That an old name is off the router is only noted when a fresh view has shown it. */
    private static List<Change> notes(Run run) {
        return run.plan().changes(Stage.NOTE).stream()
                .filter(change -> run.facts().routerKnown()
                        || !(change instanceof Change.Edit edit
                                && edit.edit().avps().containsKey(RowAttributes.WAS)))
                .toList();
    }

    /** Whether the row kept its name until this note that the old ones are off the router. */
    private static boolean mayRename(Change note) {
        return note instanceof Change.Edit edit && Ownership.keepsName(edit.row());
    }

    /** When a guest must be looked at again although no event will come; zero when there is no need. */
    static Duration nextLook(Guest guest) {
        Duration firstStart = firstStart(guest);
        // A hibernated VM is locked for as long as it sleeps, and its start calls the hook.
        boolean passing = !guest.lock().isEmpty() && !guest.lock().equals("suspended");
        return passing && firstStart.isZero() ? WHILE_LOCKED : firstStart;
    }

    /** That a VM has run is noted once its first seconds are over. */
    private static Duration firstStart(Guest guest) {
        boolean young = guest.running() && guest.cloudInit() && guest.uptime().compareTo(Planning.FIRST_SECONDS) <= 0;
        return young ? Planning.FIRST_SECONDS.minus(guest.uptime()).plusSeconds(1) : Duration.ZERO;
    }
}
