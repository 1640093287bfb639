package net.berth.plan.entry;

import java.util.HashMap;
import java.util.Map;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowEdit;

/** Makes edits of rows. Each also removes the attributes that only earlier versions of Berth used. */
final class RowEdits {
    private RowEdits() {}

    /** An edit that keeps the row's expiry. */
    static RowEdit of(AddressRow row, Map<String, String> fields, Map<String, String> avps) {
        return of(row, fields, avps, new RowEdit.Expiry.Keep());
    }

    static RowEdit of(AddressRow row, Map<String, String> fields, Map<String, String> avps, RowEdit.Expiry expiry) {
        Map<String, String> all = new HashMap<>(avps);
        RowAttributes.RETIRED.stream().filter(row.avps()::containsKey).forEach(name -> all.put(name, ""));
        return new RowEdit(fields, all, expiry);
    }
}
