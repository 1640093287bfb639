package net.berth.nipap;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import net.berth.model.row.HumanRow;
import net.berth.nipap.xmlrpc.FaultKind;
import net.berth.nipap.xmlrpc.NipapException;
import net.berth.nipap.xmlrpc.NipapStruct;
import org.jspecify.annotations.Nullable;

/** Makes one row that is a human's; holds what its attempts need to know of each other. */
final class ImportCall {
    private final RowWrites writes;
    private final RowQueries rows;
    private final HumanRow wanted;
    private boolean mayBeDone;

    ImportCall(RowWrites writes, RowQueries rows, HumanRow wanted) {
        this.writes = writes;
        this.rows = rows;
        this.wanted = wanted;
    }

    /** One attempt; to be made again after a failure, since it begins by looking. */
    boolean attempt() {
        Optional<NipapStruct> there = rows.at(wanted.address());
        if (there.isPresent()) {
            return mayBeDone && isWanted(there.get());
        }
        // Without a node: a later guest of that name would adopt a row that has it.
        Map<String, @Nullable Object> attributes = new HashMap<>();
        attributes.put("prefix", RowMapping.prefixOf(wanted.address()));
        attributes.put("vrf_id", writes.vrf());
        attributes.put("type", RowMapping.HOST);
        attributes.put("description", wanted.description());
        try {
            writes.add(HumanRow.SOURCE, attributes);
            return true;
        } catch (NipapException e) {
            if (e.is(FaultKind.DUPLICATE)) {
                return mayBeDone
                        && rows.at(wanted.address()).filter(this::isWanted).isPresent();
            }
            mayBeDone |= e.mayHaveHappened();
            throw e;
        }
    }

    private boolean isWanted(NipapStruct row) {
        return row.text("authoritative_source").filter(HumanRow.SOURCE::equals).isPresent()
                && row.text("description").filter(wanted.description()::equals).isPresent();
    }
}
