package net.berth.nipap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowEdit;
import net.berth.model.row.RowEdit.Expiry;
import net.berth.nipap.xmlrpc.NipapException;
import net.berth.nipap.xmlrpc.NipapStruct;
import org.jspecify.annotations.Nullable;

/** One edit of a row, by compare and swap; holds what its attempts need to know of each other. */
final class EditCall {
    private static final Set<String> FIELDS =
            Set.of("external_key", "authoritative_source", "node", "description", "status");

    private final RowWrites writes;
    private final AddressRow seen;
    private final RowEdit edit;
    private boolean mayBeDone;

    EditCall(RowWrites writes, AddressRow seen, RowEdit edit) {
        if (!FIELDS.containsAll(edit.fields().keySet())) {
            throw new IllegalArgumentException("a row's editable fields are " + FIELDS + ", not "
                    + edit.fields().keySet());
        }
        this.writes = writes;
        this.seen = seen;
        this.edit = edit;
    }

    /**
     * One attempt; to be made again after a failure, since it begins by looking.
     *
     * @return the row afterwards; empty when it is no longer as it was seen
     */
    Optional<AddressRow> attempt() {
        return writes.at(seen).flatMap(this::edited);
    }

    private Optional<AddressRow> edited(NipapStruct row) {
        Map<String, @Nullable Object> change = change(row);
        AddressRow now = RowMapping.hostRow(row);
        if (change.isEmpty()) {
            return Optional.of(now);
        }
        if (!RowWrites.isSame(now, seen)) {
            return Optional.empty();
        }
        try {
            return writes.edit(seen.id(), writes.unchanged(row, seen, change.keySet()), change);
        } catch (NipapException e) {
            mayBeDone |= e.mayHaveHappened();
            throw e;
        }
    }

    /** What differs from the row as it is; what is not sent can be in the condition. */
    private Map<String, @Nullable Object> change(NipapStruct row) {
        Map<String, @Nullable Object> change = new HashMap<>();
        edit.fields().forEach((name, value) -> putIfNew(change, row, name, RowMapping.orNil(value)));
        putIfNew(change, row, "tags", tags(row));
        if (!edit.avps().isEmpty()) {
            Map<String, @Nullable String> pairs = pairs(row);
            if (!pairs.equals(row.pairs("avps"))) {
                change.put("avps", pairs);
            }
        }
        putExpiry(change, row.text("expires").isPresent());
        return change;
    }

    private static void putIfNew(
            Map<String, @Nullable Object> change, NipapStruct row, String name, @Nullable Object value) {
        if (!Objects.equals(row.members().get(name), value)) {
            change.put(name, value);
        }
    }

    /** The tag follows the source: on with the row's adoption, off when it is given away. */
    private List<String> tags(NipapStruct row) {
        List<String> tags = new ArrayList<>(row.texts("tags"));
        edit.field("authoritative_source").ifPresent(source -> {
            tags.remove(RowMapping.TAG);
            if (source.equals(AddressRow.SOURCE)) {
                tags.add(RowMapping.TAG);
            }
        });
        return tags;
    }

    /** NIPAP replaces the pairs as a whole, so those of others, nil ones too, are sent back as they were read. */
    private Map<String, @Nullable String> pairs(NipapStruct row) {
        Map<String, @Nullable String> pairs = new HashMap<>(row.pairs("avps"));
        edit.avps().forEach((name, value) -> {
            if (value.isEmpty()) {
                pairs.remove(name);
            } else {
                pairs.put(name, value);
            }
        });
        return pairs;
    }

    /** NIPAP reads text without a zone in the server's, and junk as now: always an ISO instant with Z, or nil. */
    private void putExpiry(Map<String, @Nullable Object> change, boolean expiring) {
        switch (edit.expiry()) {
            case Expiry.Keep keep -> {}
            case Expiry.Never never -> {
                if (expiring) {
                    change.put("expires", null);
                }
            }
            case Expiry.At at -> {
                // What is read back has no zone, so it cannot be compared: after a lost answer, any time will do.
                if (!expiring || !mayBeDone) {
                    change.put("expires", at.time().toString());
                }
            }
        }
    }
}
