package net.berth.engine.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;

/**
 * A guest's rows.
 *
 * @param rows the rows
 * @param at when they were read or written
 * @param since when they were first seen to ask of the router what they ask now: an older view of the router may not show
 *     it. {@link Instant#MIN} where they ask for nothing
 */
public record Rows(List<AddressRow> rows, Instant at, Instant since) {

    /** Copies the list. */
    public Rows {
        rows = List.copyOf(rows);
    }

    static Rows first(List<AddressRow> read, Instant at) {
        return new Rows(read, at, asked(read).isEmpty() ? Instant.MIN : at);
    }

    /** The rows after another read. Equal rows keep their objects. */
    Rows after(List<AddressRow> read, Instant readAt) {
        if (rows.equals(read)) {
            return new Rows(rows, readAt, since);
        }
        return new Rows(read, readAt, asked(rows).equals(asked(read)) ? since : readAt);
    }

    Rows with(long rowId, Optional<AddressRow> row, Instant writtenAt) {
        List<AddressRow> changed = new ArrayList<>(rows);
        changed.removeIf(other -> other.id() == rowId);
        row.ifPresent(changed::add);
        return after(changed, writtenAt);
    }

    /** What rows ask of the router: a mapping for an address, for which MAC and under which names. */
    private static Set<List<String>> asked(List<AddressRow> rows) {
        return rows.stream()
                .filter(row -> !row.quarantined())
                .map(row -> List.of(
                        Long.toString(row.id()),
                        row.address().toString(),
                        row.externalKey(),
                        row.description(),
                        row.avp(RowAttributes.MAC),
                        row.avp(RowAttributes.MAPPING)))
                .collect(Collectors.toSet());
    }
}
