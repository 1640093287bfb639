package net.berth.nipap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.berth.model.row.AddressRow;
import net.berth.nipap.xmlrpc.NipapRpc;
import net.berth.nipap.xmlrpc.NipapStruct;
import org.jspecify.annotations.Nullable;

/**
 * The calls that write rows. Edits and removals carry a condition, which NIPAP makes the WHERE of one UPDATE or DELETE,
 * so that nothing can come in between.
 */
final class RowWrites {
    // The description shows that the attributes are from after the last rename: they are written as a whole.
    private static final List<String> WITNESSES =
            List.of("type", "external_key", "authoritative_source", "node", "description", "status");

    private final NipapRpc rpc;
    private final Vrf vrf;
    private final RowQueries rows;

    RowWrites(NipapRpc rpc, Vrf vrf, RowQueries rows) {
        this.rpc = rpc;
        this.vrf = vrf;
        this.rows = rows;
    }

    /** The id of the VRF in which rows are written; may be a call. */
    int vrf() {
        return vrf.id();
    }

    /** Adds a row with these attributes; it keeps the source. */
    void add(String source, Map<String, @Nullable Object> attributes) {
        rpc.callAs(source, "add_prefix", Map.of("attr", attributes));
    }

    /** The row afterwards; empty when no row with this id meets the condition. */
    Optional<AddressRow> edit(
            long id,
            Map<String, ? extends @Nullable Object> condition,
            Map<String, ? extends @Nullable Object> change) {
        return rpc.rows("edit_prefix", Map.of("prefix", condition, "attr", change)).stream()
                .filter(answer -> answer.needNumber("id") == id)
                .map(RowMapping::hostRow)
                .findFirst();
    }

    /** Removes the tag of a claim; may be done twice. */
    Optional<AddressRow> confirm(AddressRow row) {
        List<String> tags = row.tags().stream()
                .filter(tag -> !tag.equals(AddressRow.CLAIMING))
                .toList();
        Map<String, ?> condition = Map.of(
                "prefix", RowMapping.prefixOf(row.address()),
                "vrf_id", vrf.id(),
                "type", RowMapping.HOST,
                "external_key", row.externalKey(),
                "authoritative_source", AddressRow.SOURCE,
                "status", row.status().toString());
        return edit(row.id(), condition, Map.of("tags", tags));
    }

    /**
     * One attempt to remove a row of Berth's; to be made again after a failure, since it begins by looking. remove_prefix
     * answers nil whether or not it removed something, so the removal is verified.
     *
     * @return whether the row seen is gone
     */
    boolean remove(AddressRow seen) {
        if (!seen.ours() || seen.onLoan()) {
            throw new IllegalArgumentException(
                    seen.address() + " has a row that Berth did not make; it is never removed");
        }
        Optional<NipapStruct> found = at(seen);
        if (found.isEmpty()) {
            return true;
        }
        if (!isSame(RowMapping.hostRow(found.get()), seen)) {
            return false;
        }
        rpc.call("remove_prefix", Map.of("prefix", unchanged(found.get(), seen, Set.of())));
        return at(seen).isEmpty();
    }

    /** The row seen before, as it is now; empty when it is gone. */
    Optional<NipapStruct> at(AddressRow seen) {
        return rows.at(seen.address()).filter(row -> row.needNumber("id") == seen.id());
    }

    /**
     * The condition that a row is as it was just read. NIPAP binds condition and change to the same names: a member in both
     * keeps the condition's value, and the edit seems to succeed; hence the members that change are left out.
     */
    Map<String, @Nullable Object> unchanged(NipapStruct row, AddressRow seen, Set<String> changing) {
        Map<String, @Nullable Object> condition = new HashMap<>();
        condition.put("prefix", RowMapping.prefixOf(seen.address()));
        condition.put("vrf_id", vrf.id());
        // Nil becomes IS NULL.
        WITNESSES.forEach(witness -> condition.put(witness, row.members().get(witness)));
        if (row.text("expires").isEmpty()) {
            // Only a quarantined row expires. An edit that changes the status cannot have the status as a condition, so
            // this keeps a stale edit off a row that was quarantined meanwhile. "Never" is infinity to PostgreSQL:
            // measured on nipapd, nil does not match it.
            condition.put("expires", "infinity");
        }
        if (row.texts("tags").contains(AddressRow.CLAIMING)) {
            // Else the row of a claim that is just being confirmed could be removed.
            condition.put("tags", row.texts("tags"));
        }
        condition.keySet().removeAll(changing);
        return condition;
    }

    /** Whether a row just read is unchanged in what shows whose it is. */
    static boolean isSame(AddressRow now, AddressRow seen) {
        return now.id() == seen.id()
                && now.address().equals(seen.address())
                && now.externalKey().equals(seen.externalKey())
                && now.source().equals(seen.source())
                && now.node().equals(seen.node())
                && now.description().equals(seen.description())
                && now.claiming() == seen.claiming()
                && now.status() == seen.status();
    }
}
