package net.berth.lab.nipap;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One row of ip_net_plan. Values are those of the database: null is NULL; {@code expires} is
 * {@link Expires#NEVER} for infinity.
 */
record PlanRow(
        int id, int vrf, Cidr prefix, String type, Map<String, Object> columns, Instant added, Instant modified) {
    PlanRow {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    Object column(String name) {
        return switch (name) {
            case "id" -> id;
            case "vrf_id" -> vrf;
            case "prefix" -> prefix;
            case "type" -> type;
            case "family" -> prefix.family();
            case "prefix_length" -> prefix.length();
            default -> columns.get(name);
        };
    }

    boolean isHost() {
        return "host".equals(type);
    }
}
