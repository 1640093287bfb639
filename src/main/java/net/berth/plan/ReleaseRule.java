package net.berth.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.berth.model.Avps;
import net.berth.model.HostRow;
import net.berth.model.Mapping;
import net.berth.model.NicId;
import net.berth.model.RouterChange;
import net.berth.model.RouterView;
import net.berth.model.RowEdit;
import net.berth.model.RowStatus;

/**
 * Plans the release of a row: quarantine in NIPAP, then its entries are deleted on the router, then the row is deleted when
 * its quarantine is over and the router was read without its entries. After a crash between two steps the row is in
 * quarantine, and the next plan continues from there.
 */
public final class ReleaseRule {
    private final Rows rows;
    private final RouterView router;
    private final Duration releaseAfter;
    private final Instant now;

    ReleaseRule(Rows rows, RouterView router, Duration releaseAfter, Instant now) {
        this.rows = rows;
        this.router = router;
        this.releaseAfter = releaseAfter;
        this.now = now;
    }

    /** For a row that no NIC has any more; the caller has the proof of that. */
    List<Change> gone(HostRow row, String reason) {
        List<Change> changes = new ArrayList<>();
        if (!row.quarantined()) {
            changes.add(quarantine(row, Map.of(), reason));
        }
        List<Change> onRouter = offRouter(row, reason);
        changes.addAll(onRouter);
        if (onRouter.isEmpty() && isOver(row)) {
            changes.add(new Change.Free(nic(row), row, Change.Stage.NOTE, reason + "; its quarantine is over"));
        }
        return changes;
    }

    /** For a row that is released by order although its guest may exist; the row stays in quarantine. */
    List<Change> released(HostRow row) {
        String reason = "released with berth release";
        List<Change> changes = new ArrayList<>();
        if (!row.quarantined()) {
            changes.add(quarantine(row, Map.of(Avps.RELEASED, now.toString()), reason));
        }
        changes.addAll(offRouter(row, reason));
        return changes;
    }

    private Change quarantine(HostRow row, Map<String, String> more, String reason) {
        Instant freeAt = now.plus(releaseAfter);
        Map<String, String> avps = new HashMap<>(more);
        avps.put(Avps.FREE_AT, freeAt.toString());
        return new Change.Edit(
                nic(row),
                row,
                RowEdits.of(
                        row, Map.of("status", RowStatus.QUARANTINE.toString()), avps, new RowEdit.Expiry.At(freeAt)),
                Change.Stage.INTENT,
                false,
                reason + "; the address is in quarantine until " + freeAt);
    }

    private List<Change> offRouter(HostRow row, String reason) {
        Stream<RouterChange> mappings = Ownership.mappings(row, router).stream()
                .filter(mapping -> isStillOf(row, mapping))
                .map(RouterChange.RemoveMapping::new);
        Stream<RouterChange> records = RecordRule.ofRow(row, router).map(RouterChange.RemoveRecord::new);
        return Stream.concat(mappings, records)
                .map(change -> (Change) new Change.OnRouter(nic(row), change, reason))
                .toList();
    }

    /**
     * With MAC and name alone it may be another row's by now, as after a restore under another number. And once a guest
     * was released by order, such a mapping is what a human made for it since.
     */
    private boolean isStillOf(HostRow row, Mapping mapping) {
        return mapping.maps(row.address()) || (row.avp(Avps.RELEASED).isEmpty() && !rows.ofOther(mapping, row));
    }

    private static NicId nic(HostRow row) {
        return row.nic().orElseThrow();
    }

    /** A row whose time cannot be read stays in quarantine: a human or a later version wrote it. */
    private boolean isOver(HostRow row) {
        return row.quarantined()
                && freeAt(row).filter(time -> !time.isAfter(now)).isPresent();
    }

    /** When the quarantine of a row is over; empty when the row does not say. */
    public static Optional<Instant> freeAt(HostRow row) {
        try {
            return Optional.of(Instant.parse(row.avp(Avps.FREE_AT)));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
