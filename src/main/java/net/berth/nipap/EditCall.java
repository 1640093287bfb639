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
import net.berth.nipap.xmlrpc.NipapRpc;
import net.berth.nipap.xmlrpc.NipapStruct;
import org.jspecify.annotations.Nullable;

/** One edit of a row, by compare and swap; holds what its attempts need to know of each other. */
final class EditCall {
    private static final Set<String> FIELDS =
            Set.of("external_key", "authoritative_source", "node", "description", "status");

    private final NipapRpc rpc;
    private final Vrf vrf;
    private final RowQueries rows;
    private final AddressRow seen;
    private final RowEdit edit;
    private boolean mayBeDone;

    EditCall(NipapRpc rpc, Vrf vrf, RowQueries rows, AddressRow seen, RowEdit edit) {
        if (!FIELDS.containsAll(edit.fields().keySet())) {
            throw new IllegalArgumentException("a row's editable fields are " + FIELDS + ", not "
                    + edit.fields().keySet());
        }
        this.rpc = rpc;
        this.vrf = vrf;
        this.rows = rows;
        this.seen = seen;
        this.edit = edit;
    }

    /**
     * One attempt; to be made again after a failure, since it begins by looking.
     *
     * @return the row afterwards; empty when it is no longer as it was seen
     */
    Optional<AddressRow> attempt() {
        Optional<NipapStruct> found = rows.at(seen.address());
        if (found.isEmpty() || found.get().needNumber("id") != seen.id()) {
            return Optional.empty();
        }
        NipapStruct row = found.get();
        Map<String, @Nullable Object> change = change(row);
        if (change.isEmpty()) {
            return Optional.of(RowMapping.hostRow(row));
        }
        return Condition.same(RowMapping.hostRow(row), seen) ? send(row, change) : Optional.empty();
    }

    private Optional<AddressRow> send(NipapStruct row, Map<String, @Nullable Object> change) {
        Map<String, @Nullable Object> condition = Condition.of(row, seen.address(), vrf.id(), change.keySet());
        try {
            return rpc.rows("edit_prefix", Map.of("prefix", condition, "attr", change)).stream()
                    .filter(answer -> answer.needNumber("id") == seen.id())
                    .map(RowMapping::hostRow)
                    .findFirst();
        } catch (NipapException e) {
            mayBeDone |= e.mayHaveHappened();
            throw e;
        }
    }

    /** What differs from the row as it is; the rest is not sent and so can stand in the condition. */
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
        expires(row).ifPresent(value -> change.put("expires", value.text()));
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

    private Optional<Expires> expires(NipapStruct row) {
        boolean expiring = row.text("expires").isPresent();
        return switch (edit.expiry()) {
            case Expiry.Keep keep -> Optional.empty();
            case Expiry.Never never -> expiring ? Optional.of(new Expires(null)) : Optional.empty();
            // What is read back has no zone, so it cannot be compared: after a lost answer, any time will do.
            case Expiry.At at ->
                expiring && mayBeDone
                        ? Optional.empty()
                        : Optional.of(new Expires(at.time().toString()));
        };
    }

    /** NIPAP reads text without a zone in the server's, and junk as now: always an ISO instant with Z, or nil. */
    private record Expires(@Nullable String text) {}
}
