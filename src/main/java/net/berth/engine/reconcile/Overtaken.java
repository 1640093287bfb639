package net.berth.engine.reconcile;

import java.util.List;
import java.util.Optional;
import net.berth.engine.read.Reader;
import net.berth.engine.run.Run;
import net.berth.model.Guest;
import net.berth.plan.Change;

/**
 * Before an existing row is edited the guest is read once more. The row may have been written by another receiver that
 * has seen a newer config than this run has; its text must not be overwritten with an older one. Before an address is
 * claimed the guest is read once more if the run has waited since: the guest may be deleted by now.
 */
final class Overtaken {
    private final Reader reader;

    Overtaken(Reader reader) {
        this.reader = reader;
    }

    /** Whether the guest differs from what the run has planned by, or has gone. */
    boolean isOvertaken(Run run, List<Change> intent) {
        Optional<Guest> before = run.guest();
        boolean edits = intent.stream().anyMatch(Change.Edit.class::isInstance);
        return before.isPresent()
                && (edits || !reader.isRecent(run.id()))
                && reader.again(before.get(), run.request())
                        .filter(now -> isAsBefore(now, before.get()))
                        .isEmpty();
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
