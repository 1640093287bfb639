package net.berth.nipap;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.berth.model.row.HumanRow;
import net.berth.nipap.xmlrpc.FaultKind;
import net.berth.nipap.xmlrpc.NipapException;
import net.berth.nipap.xmlrpc.NipapFault;
import net.berth.nipap.xmlrpc.NipapRpc;
import net.berth.nipap.xmlrpc.NipapStruct;
import org.jspecify.annotations.Nullable;

/** Makes one row that is a person's; holds what its attempts need to know of each other. */
final class ImportCall {
    private final NipapRpc rpc;
    private final Vrf vrf;
    private final RowQueries rows;
    private final HumanRow wanted;
    private boolean mayBeDone;

    ImportCall(NipapRpc rpc, Vrf vrf, RowQueries rows, HumanRow wanted) {
        this.rpc = rpc;
        this.vrf = vrf;
        this.rows = rows;
        this.wanted = wanted;
    }

    /** One attempt; to be made again after a failure, since it begins by looking. */
    boolean attempt() {
        Optional<NipapStruct> there = rows.at(wanted.address());
        if (there.isPresent()) {
            return mayBeDone && isWanted(there.get());
        }
        try {
            rpc.callAs(HumanRow.SOURCE, "add_prefix", Map.of("attr", attributes()));
            return true;
        } catch (NipapException e) {
            if (e instanceof NipapFault fault && fault.kind() == FaultKind.DUPLICATE) {
                return rows.at(wanted.address())
                        .filter(row -> mayBeDone && isWanted(row))
                        .isPresent();
            }
            mayBeDone |= e.mayHaveHappened();
            throw e;
        }
    }

    /** Without a node: a later guest of that name would take a row that has it for its own. */
    private Map<String, @Nullable Object> attributes() {
        Map<String, @Nullable Object> attr = new HashMap<>();
        attr.put("prefix", RowMapping.prefixOf(wanted.address()));
        attr.put("vrf_id", vrf.id());
        attr.put("type", RowMapping.HOST);
        attr.put("description", wanted.description());
        return attr;
    }

    private boolean isWanted(NipapStruct row) {
        return row.text("authoritative_source").filter(HumanRow.SOURCE::equals).isPresent()
                && row.text("description").filter(wanted.description()::equals).isPresent();
    }
}
