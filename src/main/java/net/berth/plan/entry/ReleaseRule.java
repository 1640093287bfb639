package net.berth.plan.entry;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.berth.model.NicId;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowEdit;
import net.berth.model.row.RowStatus;
import net.berth.plan.Change;
import net.berth.plan.NicCase;

/**
 * Plans the way out of a row: quarantine in NIPAP, then off the router, then freed when its time is over. A crash between
 * two steps leaves a quarantined row, from which the next pass goes on.
 */
public final class ReleaseRule {
    private ReleaseRule() {}

    /** One step for the row of a NIC that is no more; proof of that is the caller's. */
    public static List<Change> plan(
            NicId nic, AddressRow row, RouterView router, Duration releaseAfter, Instant now, String reason) {
        List<Change> changes = new ArrayList<>();
        if (!row.quarantined()) {
            Instant freeAt = now.plus(releaseAfter);
            changes.add(new Change.Edit(
                    nic,
                    row,
                    new RowEdit(
                            Map.of("status", RowStatus.QUARANTINE.toString()),
                            Map.of(RowAttributes.FREE_AT, freeAt.toString()),
                            new RowEdit.Expiry.At(freeAt)),
                    Change.Stage.INTENT,
                    false,
                    reason + "; the address rests until " + freeAt));
        }
        offRouter(row, router, now).forEach(change -> changes.add(new Change.OnRouter(nic, change, reason)));
        if (row.quarantined() && isOver(row, now)) {
            changes.add(new Change.Free(nic, row, Change.Stage.NOTE, reason + "; its quarantine is over"));
        }
        return changes;
    }

    /** One step for a row that a person lets go although its guest may be there; it rests and is not freed by this. */
    public static List<Change> byOrder(
            NicId nic, AddressRow row, RouterView router, Duration releaseAfter, Instant now) {
        List<Change> changes = new ArrayList<>();
        for (Change change : plan(nic, row, router, releaseAfter, now, "a person let it go")) {
            switch (change) {
                case Change.Edit edit -> {
                    Map<String, String> avps = new HashMap<>(edit.edit().avps());
                    avps.put(RowAttributes.RELEASED, RowAttributes.YES);
                    RowEdit marked =
                            new RowEdit(edit.edit().fields(), avps, edit.edit().expiry());
                    changes.add(new Change.Edit(nic, row, marked, edit.stage(), false, edit.reason()));
                }
                case Change.OnRouter onRouter -> changes.add(onRouter);
                case Change.Free free -> {}
                case Change.Claim claim -> {}
                case Change.WriteGuest write -> {}
            }
        }
        return changes;
    }

    /** Whether a person let go of the guest that has these rows. */
    public static boolean isLetGo(List<AddressRow> own) {
        return !own.isEmpty()
                && own.stream().allMatch(AddressRow::quarantined)
                && own.stream().anyMatch(row -> row.avp(RowAttributes.RELEASED).equals(RowAttributes.YES));
    }

    /** The same inside of a guest's own plan. */
    static void release(NicCase c, AddressRow row, String reason) {
        plan(
                        c.nic().id(),
                        row,
                        c.router(),
                        c.policy().releaseAfter(),
                        c.situation().now(),
                        reason)
                .forEach(c::change);
    }

    private static Stream<RouterChange> offRouter(AddressRow row, RouterView router, Instant now) {
        Stream<RouterChange> mappings = router.mappings(row.address()).stream().map(RouterChange.RemoveMapping::new);
        Stream<RouterChange> records =
                RecordRule.underOldNames(row, router, now).map(RouterChange.RemoveRecord::new);
        return Stream.concat(mappings, records);
    }

    /** A row whose time cannot be read rests on: it was written by hand or by a later version. */
    private static boolean isOver(AddressRow row, Instant now) {
        return freeAt(row).filter(time -> !time.isAfter(now)).isPresent();
    }

    /** When a quarantined row may be freed; empty when it does not say. */
    public static Optional<Instant> freeAt(AddressRow row) {
        try {
            return Optional.of(Instant.parse(row.avp(RowAttributes.FREE_AT)));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
