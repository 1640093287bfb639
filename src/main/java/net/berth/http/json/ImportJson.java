package net.berth.http.json;

import java.util.List;
import net.berth.engine.report.ImportReport;

/**
 * An import in the API.
 *
 * @param items mappings of the router that belong to no guest and had no row, by address
 * @param pending whether rows are still to be created
 */
public record ImportJson(List<Item> items, boolean pending) {

    /**
     * One mapping.
     *
     * @param done whether its row was created now
     */
    record Item(String network, String address, String mac, String name, String description, boolean done) {}

    public static ImportJson of(ImportReport report) {
        return new ImportJson(report.items().stream().map(ImportJson::item).toList(), report.left() > 0);
    }

    private static Item item(ImportReport.Item item) {
        return new Item(
                item.network(),
                item.row().address().toString(),
                item.mapping().macText(),
                item.mapping().name(),
                item.row().description(),
                item.done());
    }
}
