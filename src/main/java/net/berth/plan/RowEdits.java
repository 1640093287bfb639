package net.berth.plan;

import java.util.HashMap;
import java.util.Map;
import net.berth.model.Avps;
import net.berth.model.HostRow;
import net.berth.model.RowEdit;

/** Makes edits of rows. Each also removes the attributes that only earlier versions of Berth used. */
final class RowEdits {
    private RowEdits() {}

    /** An edit that keeps the row's expiry. */
    static RowEdit of(HostRow row, Map<String, String> fields, Map<String, String> avps) {
        return of(row, fields, avps, new RowEdit.Expiry.Keep());
    }

    static RowEdit of(HostRow row, Map<String, String> fields, Map<String, String> avps, RowEdit.Expiry expiry) {
        Map<String, String> all = new HashMap<>(avps);
        Avps.RETIRED.stream().filter(row.avps()::containsKey).forEach(name -> all.put(name, ""));
        return new RowEdit(fields, all, expiry);
    }
}
