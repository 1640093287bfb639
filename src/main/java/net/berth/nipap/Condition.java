package net.berth.nipap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.berth.model.IpAddress;
import net.berth.model.row.AddressRow;
import net.berth.nipap.xmlrpc.NipapStruct;
import org.jspecify.annotations.Nullable;

/**
 * What must still hold for an edit or a removal. NIPAP carries it out as one UPDATE or DELETE with this as its WHERE, so
 * that nothing can come in between. It binds condition and change to the same names: a member that stands in both keeps
 * the condition's value, and the edit seems to succeed; hence the members that change are left out.
 */
final class Condition {
    // The description tells that the attributes are from after the last rename: they are written as a whole.
    private static final List<String> WITNESSES =
            List.of("type", "external_key", "authoritative_source", "node", "description", "status");

    private Condition() {}

    /** The row as it was just read, less what is about to change. */
    static Map<String, @Nullable Object> of(NipapStruct row, IpAddress address, int vrf, Set<String> changing) {
        Map<String, @Nullable Object> condition = new HashMap<>();
        condition.put("prefix", RowMapping.prefixOf(address));
        condition.put("vrf_id", vrf);
        for (String witness : WITNESSES) {
            if (!changing.contains(witness)) {
                // Nil becomes IS NULL.
                condition.put(witness, row.members().get(witness));
            }
        }
        if (row.text("expires").isEmpty() && !changing.contains("expires")) {
            // Only a quarantined row expires. An edit that changes the status cannot have the status as a condition, so
            // this keeps a stale edit off a row that was quarantined meanwhile. "Never" is infinity to PostgreSQL:
            // measured
            // on nipapd, nil does not match it.
            condition.put("expires", "infinity");
        }
        if (row.texts("tags").contains(AddressRow.CLAIMING) && !changing.contains("tags")) {
            // Else the row of a claim that is just being confirmed could be removed.
            condition.put("tags", row.texts("tags"));
        }
        return condition;
    }

    /** Whether a row just read is the one seen before, and unchanged in what tells whose it is. */
    static boolean same(AddressRow now, AddressRow seen) {
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
