package net.berth.lab.nipap;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A row as the database holds it. Texts that are NULL read as empty here; {@code expires} is null for never. */
public record LabRow(
        int id,
        int vrf,
        String prefix,
        String type,
        String source,
        String externalKey,
        String node,
        String description,
        String status,
        List<String> tags,
        Map<String, String> avps,
        Instant expires,
        Map<String, String> rest) {

    static LabRow of(PlanRow row) {
        Map<String, String> rest = new TreeMap<>();
        for (String column : List.of(
                "comment", "pool_id", "country", "order_id", "customer_id", "alarm_priority", "monitor", "vlan")) {
            if (row.column(column) != null) {
                rest.put(column, row.column(column).toString());
            }
        }
        Map<String, String> avps = new TreeMap<>();
        ((Map<?, ?>) row.column("avps")).forEach((name, value) -> avps.put((String) name, (String) value));
        return new LabRow(
                row.id(),
                row.vrf(),
                row.prefix().toString(),
                row.type(),
                text(row, "authoritative_source"),
                text(row, "external_key"),
                text(row, "node"),
                text(row, "description"),
                text(row, "status"),
                ((List<?>) row.column("tags")).stream().map(Object::toString).toList(),
                avps,
                Expires.NEVER.equals(row.column("expires")) ? null : (Instant) row.column("expires"),
                rest);
    }

    private static String text(PlanRow row, String column) {
        return Objects.toString(row.column(column), "");
    }

    /** The address of a host. */
    public String address() {
        return prefix.substring(0, prefix.indexOf('/'));
    }
}
