package net.berth.lab.nipap;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One row of ip_net_plan. Values are those of the database: null is NULL; {@code expires} is
 * {@link Expires#NEVER} for infinity. What is searched for most lies ready.
 */
record PlanRow(
        int id,
        int vrf,
        Cidr prefix,
        String type,
        Object source,
        Object externalKey,
        Map<String, Object> columns,
        Instant added,
        Instant modified) {
    PlanRow {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    PlanRow(int id, int vrf, Cidr prefix, String type, Map<String, Object> columns, Instant added, Instant modified) {
        this(
                id,
                vrf,
                prefix,
                type,
                columns.get("authoritative_source"),
                columns.get("external_key"),
                columns,
                added,
                modified);
    }

    Object column(String name) {
        return switch (name) {
            case "id" -> id;
            case "vrf_id" -> vrf;
            case "prefix" -> prefix;
            case "type" -> type;
            case "authoritative_source" -> source;
            case "external_key" -> externalKey;
            case "family" -> prefix.family();
            case "prefix_length" -> prefix.length();
            default -> columns.get(name);
        };
    }

    boolean isHost() {
        return "host".equals(type);
    }
}
