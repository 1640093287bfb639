package net.berth.nipap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowEdit;
import net.berth.model.row.RowEdit.Expiry;
import net.berth.nipap.xmlrpc.NipapException;
import net.berth.nipap.xmlrpc.NipapStruct;
import org.jspecify.annotations.Nullable;

/** One edit of a row, by compare and swap; holds what its attempts need to know of each other. */
final class EditCall {
    private static final Set<String> FIELDS =
            Set.of("external_key", "authoritative_source", "node", "description", "status");

    private static final Pattern BASIC_DATE = Pattern.compile("^(\\d{4})(\\d{2})(\\d{2})T");

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
     * One attempt, made again after a failure. Answers the row afterwards; empty when it is no longer as it was seen.
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
        if (!RowWrites.isSame(now, seen) || row.isDamaged()) {
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
        putExpiry(change, row.text("expires").orElse(""));
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
            boolean wanted = source.equals(AddressRow.SOURCE) || seen.avps().containsKey(RowAttributes.BEFORE_TAG);
            if (wanted != tags.contains(RowMapping.TAG)) {
                tags.remove(RowMapping.TAG);
                if (wanted) {
                    tags.add(RowMapping.TAG);
                }
            }
        });
        return tags;
    }

    /** NIPAP replaces the pairs as a whole, so those of others, nil ones too, are sent back as they were read. */
    private Map<String, @Nullable String> pairs(NipapStruct row) {
        Map<String, @Nullable String> pairs = new HashMap<>(row.pairs("avps"));
        boolean adopts = edit.avps().containsKey(RowAttributes.BEFORE_SOURCE) && !edit.givesBack();
        row.text("expires")
                .filter(expires -> adopts)
                .ifPresent(expires -> pairs.put(RowAttributes.BEFORE_EXPIRES, expires));
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
    private void putExpiry(Map<String, @Nullable Object> change, String expires) {
        switch (edit.expiry()) {
            case Expiry.Keep keep -> {}
            case Expiry.Never never -> {
                if (!expires.isEmpty()) {
                    change.put("expires", null);
                }
            }
            case Expiry.Before before -> {
                String wanted = seen.avp(RowAttributes.BEFORE_EXPIRES);
                if (!expires.equals(wanted)) {
                    // What NIPAP says has no zone, and is read in the server's again.
                    change.put(
                            "expires",
                            wanted.isEmpty() ? null : BASIC_DATE.matcher(wanted).replaceFirst("$1-$2-$3T"));
                }
            }
            case Expiry.At at -> {
                // What is read back has no zone, so it cannot be compared: after a lost answer, any time will do.
                if (expires.isEmpty() || !mayBeDone) {
                    change.put("expires", at.time().toString());
                }
            }
        }
    }
}
