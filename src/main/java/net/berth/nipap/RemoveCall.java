package net.berth.nipap;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.berth.model.row.AddressRow;
import net.berth.nipap.xmlrpc.NipapRpc;
import net.berth.nipap.xmlrpc.NipapStruct;

/** Removes rows of Berth's. remove_prefix answers nil whether or not it removed something, so each removal is verified. */
final class RemoveCall {
    private final NipapRpc rpc;
    private final Vrf vrf;
    private final RowQueries rows;

    RemoveCall(NipapRpc rpc, Vrf vrf, RowQueries rows) {
        this.rpc = rpc;
        this.vrf = vrf;
        this.rows = rows;
    }

    /**
     * One attempt; to be made again after a failure, since it begins by looking.
     *
     * @return whether the row seen is gone
     */
    boolean attempt(AddressRow seen) {
        if (!seen.ours()) {
            throw new IllegalArgumentException(seen.address() + " has a row that is not Berth's; it is never removed");
        }
        Optional<NipapStruct> found = rows.at(seen.address());
        if (isGone(found, seen)) {
            return true;
        }
        NipapStruct row = found.orElseThrow();
        if (!Condition.same(RowMapping.hostRow(row), seen)) {
            return false;
        }
        rpc.call("remove_prefix", Map.of("prefix", Condition.of(row, seen.address(), vrf.id(), Set.of())));
        return isGone(rows.at(seen.address()), seen);
    }

    private static boolean isGone(Optional<NipapStruct> found, AddressRow seen) {
        return found.map(row -> row.needNumber("id") != seen.id()).orElse(true);
    }
}
