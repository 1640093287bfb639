package net.berth.engine.reconcile;

import java.time.Duration;
import java.util.List;
import net.berth.engine.run.Run;
import net.berth.engine.world.Pace;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of rows that the owner of a guest can cause at will, by another name or other NICs. If they come too often, they and
 * the rest of the guest's plan wait. Never waits: the repair of an entry that was edited on the router, the first addresses of
 * a guest, a start that needs another address or MAC, an order of the operator, a release.
 */
final class OwnersChange {
    private static final Logger LOG = LoggerFactory.getLogger(OwnersChange.class);

    private OwnersChange() {}

    /** Whether the plan has such a change. */
    static boolean is(Run run) {
        return run.guest().isPresent()
                && run.plan().has(Stage.INTENT)
                && run.facts().own().stream().anyMatch(row -> !row.quarantined());
    }

    /** How long it waits; zero when it does not. */
    static Duration wait(Run run) {
        List<Change> changes = run.plan().changes(Stage.INTENT);
        boolean urgent = run.request().confirmed()
                || (run.request().starting() && !changes.stream().allMatch(OwnersChange::onlyRenames));
        return !is(run) || urgent
                ? Duration.ZERO
                : run.record().changesWait(run.facts().now());
    }

    private static boolean onlyRenames(Change change) {
        return change instanceof Change.Edit edit
                && edit.edit().field("status").isEmpty()
                && edit.edit()
                        .avps()
                        .getOrDefault(RowAttributes.MAC, mac(edit.row()))
                        .equals(mac(edit.row()));
    }

    private static String mac(AddressRow row) {
        return row.avp(RowAttributes.MAC);
    }

    /** It was made. */
    static void made(Run run) {
        Pace pace = run.record().changed(run.facts().now());
        if (!pace.pause().isZero()) {
            LOG.warn(
                    "{} has changed its name or NICs {} times without a minute between; the next change waits {} s",
                    run.title(),
                    pace.changes(),
                    pace.pause().toSeconds());
        }
    }
}
