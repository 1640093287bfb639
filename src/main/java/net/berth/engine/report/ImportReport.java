package net.berth.engine.report;

import java.util.List;
import net.berth.model.router.Mapping;
import net.berth.model.row.HumanRow;

/**
 * What of the router's mappings went into NIPAP, or would go.
 *
 * @param items mappings that belong to no guest and have no row, by address
 */
public record ImportReport(List<Item> items) {

    /**
     * One mapping.
     *
     * @param row the row that is to be
     * @param done whether the row was made now
     */
    public record Item(Mapping mapping, String network, HumanRow row, boolean done) {}

    /** How many rows are not made. */
    public long left() {
        return items.stream().filter(item -> !item.done()).count();
    }
}
