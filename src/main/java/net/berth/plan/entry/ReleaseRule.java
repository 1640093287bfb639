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
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowEdit;
import net.berth.model.row.RowStatus;
import net.berth.plan.Change;
import net.berth.plan.OwnedRows;
import net.berth.plan.Situation;

/**
 * Plans the release of a row: quarantine in NIPAP, then its entries are deleted on the router, then the row is deleted when
 * its quarantine is over and the router was read without its entries. After a crash between two steps the row is in
 * quarantine, and the next plan continues from there.
 */
public record ReleaseRule(OwnedRows rows, RouterView router, Duration releaseAfter, Instant now) {
    /** Proxmox counts whole seconds, and the answer takes time. */
    private static final Duration ROUNDING = Duration.ofSeconds(2);

    /** Programs that clean NIPAP delete rows in quarantine that have expired. */
    private static final Instant NEVER_DELETED = Instant.parse("9999-01-01T00:00:00Z");

    /** For a row that no NIC has any more; the caller has the proof of that. */
    public List<Change> gone(AddressRow row, String reason) {
        List<Change> changes = steps(row, Map.of(), reason);
        return changes.isEmpty() && isOver(row) ? List.of(over(row, reason + "; its quarantine is over")) : changes;
    }

    private static Change over(AddressRow row, String reason) {
        return row.onLoan()
                ? new Change.Edit(nic(row), row, Loan.givingBack(row), Change.Stage.NOTE, false, reason)
                : new Change.Free(nic(row), row, Change.Stage.NOTE, reason);
    }

    /** For a row that is released by order although its guest may exist; the row stays in quarantine. */
    public List<Change> released(AddressRow row) {
        return steps(row, Map.of(RowAttributes.RELEASED, now.toString()), "released with berth release");
    }

    /** Quarantine, and what is deleted on the router. */
    private List<Change> steps(AddressRow row, Map<String, String> notes, String reason) {
        List<Change> changes = new ArrayList<>();
        if (!row.quarantined()) {
            changes.add(quarantine(row, notes, reason));
        }
        changes.addAll(offRouter(row, reason));
        return changes;
    }

    private Change quarantine(AddressRow row, Map<String, String> more, String reason) {
        Instant freeAt = now.plus(releaseAfter);
        Instant expires = row.onLoan() ? NEVER_DELETED : freeAt;
        Map<String, String> avps = new HashMap<>(more);
        avps.put(RowAttributes.FREE_AT, freeAt.toString());
        return new Change.Edit(
                nic(row),
                row,
                RowEdit.of(
                        row, Map.of("status", RowStatus.QUARANTINE.toString()), avps, new RowEdit.Expiry.At(expires)),
                Change.Stage.INTENT,
                false,
                reason + "; the address is in quarantine until " + freeAt);
    }

    private List<Change> offRouter(AddressRow row, String reason) {
        Stream<RouterChange> mappings = Ownership.mappings(row, router).stream()
                .filter(mapping -> isStillOf(row, mapping))
                .flatMap(mapping -> Loan.lends(row, mapping)
                        ? Loan.restoring(row, mapping, router).stream()
                        : Stream.of(new RouterChange.RemoveMapping(mapping)));
        return Stream.concat(mappings, RecordRule.withdrawals(row, router))
                .map(change -> (Change) new Change.OnRouter(nic(row), change, reason))
                .toList();
    }

    /**
     * With MAC and name alone it may be another row's by now, as after a restore under another number. And once a guest
     * was released by order, such a mapping is what a human made for it since.
     */
    private boolean isStillOf(AddressRow row, Mapping mapping) {
        return mapping.maps(row.address())
                || (row.avp(RowAttributes.RELEASED).isEmpty() && !rows.ofOther(mapping, row));
    }

    private static NicId nic(AddressRow row) {
        return row.nic().orElseThrow();
    }

    /** A row whose time cannot be read stays in quarantine: a human or a later version wrote it. */
    private boolean isOver(AddressRow row) {
        return row.quarantined()
                && freeAt(row).filter(time -> !time.isAfter(now)).isPresent();
    }

    /** Whether the guest with these rows was released and neither starts now nor has started since. */
    public static boolean isReleased(List<AddressRow> own, Situation situation) {
        return !own.isEmpty()
                && own.stream().allMatch(AddressRow::quarantined)
                && own.stream().anyMatch(row -> !row.avp(RowAttributes.RELEASED).isEmpty())
                && !situation.starting()
                && !situation.writeBackOrdered()
                && !hasStartedSince(own, situation);
    }

    private static boolean hasStartedSince(List<AddressRow> own, Situation situation) {
        return own.stream()
                .flatMap(row -> time(row, RowAttributes.RELEASED).stream())
                .max(Instant::compareTo)
                .filter(released -> released.plus(ROUNDING).isBefore(situation.startedAt()))
                .isPresent();
    }

    /** When the quarantine of a row is over; empty when the row does not say. */
    public static Optional<Instant> freeAt(AddressRow row) {
        return time(row, RowAttributes.FREE_AT);
    }

    /** Empty for no time; an earlier version did not note when a row was released. */
    private static Optional<Instant> time(AddressRow row, String attribute) {
        try {
            return Optional.of(Instant.parse(row.avp(attribute)));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
