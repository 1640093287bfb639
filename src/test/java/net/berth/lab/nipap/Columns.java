package net.berth.lab.nipap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the columns of ip_net_plan take, as PostgreSQL checks it. */
final class Columns {
    private static final Map<String, Set<String>> ENUMS = Map.of(
            "type", Set.of("reservation", "assignment", "host"),
            "status", Set.of("assigned", "reserved", "quarantine"),
            "alarm_priority", Set.of("warning", "low", "medium", "high", "critical"));
    private static final Set<String> NUMBERS = Set.of("id", "vrf_id", "vlan", "pool_id", "family", "prefix_length");

    static final Set<String> EDITABLE = Set.of(
            "alarm_priority",
            "authoritative_source",
            "avps",
            "comment",
            "country",
            "customer_id",
            "description",
            "expires",
            "external_key",
            "monitor",
            "node",
            "order_id",
            "pool_id",
            "pool_name",
            "prefix",
            "status",
            "tags",
            "type",
            "vlan",
            "vrf_id",
            "vrf_name",
            "vrf_rt");
    static final Set<String> READ_ONLY = Set.of(
            "added",
            "family",
            "free_addresses",
            "id",
            "inherited_tags",
            "indent",
            "last_modified",
            "prefix_length",
            "total_addresses",
            "used_addresses");

    private Columns() {}

    /** The columns of a row that says nothing of them. */
    static Map<String, Object> defaults() {
        Map<String, Object> columns = new LinkedHashMap<>();
        for (String name : List.of(
                "description",
                "comment",
                "node",
                "pool_id",
                "country",
                "order_id",
                "customer_id",
                "external_key",
                "authoritative_source",
                "alarm_priority",
                "monitor",
                "vlan")) {
            columns.put(name, null);
        }
        columns.put("tags", List.of());
        columns.put("status", "assigned");
        columns.put("avps", Map.of());
        columns.put("expires", Expires.NEVER);
        return columns;
    }

    /** Values for columns, or the fault that the database gives. */
    static Map<String, Object> checked(Map<String, Object> values) {
        Map<String, Object> checked = new LinkedHashMap<>();
        values.forEach((name, value) -> checked.put(name, checked(name, value)));
        return checked;
    }

    /** A value for a column, or the fault that the database gives. */
    static Object checked(String column, Object value) {
        if (value == null) {
            return null;
        }
        if (ENUMS.containsKey(column)) {
            if (!(value instanceof String word) || !ENUMS.get(column).contains(word)) {
                throw Fault.data();
            }
            return value;
        }
        if (NUMBERS.contains(column)) {
            return number(value);
        }
        return switch (column) {
            case "prefix" -> Cidr.parse((String) value);
            case "tags" -> tags(value);
            case "avps" -> avps(value);
            default -> value;
        };
    }

    /** A value to compare with: not cast to cidr, so host bits are no fault and match nothing. */
    static Object compared(String column, Object value) {
        if (value == null) {
            return null;
        }
        return switch (column) {
            case "prefix" -> Cidr.inet((String) value);
            case "expires" -> Expires.compared(value);
            default -> checked(column, value);
        };
    }

    private static Integer number(Object value) {
        if (value instanceof Integer number) {
            return number;
        }
        try {
            return Integer.valueOf(value.toString().strip());
        } catch (NumberFormatException e) {
            throw Fault.value("Invalid syntax for integer (" + value + ")");
        }
    }

    private static List<Object> tags(Object value) {
        if (!(value instanceof List<?> list)) {
            throw Fault.data();
        }
        return new ArrayList<>(list);
    }

    private static Map<String, Object> avps(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw Fault.query("column \"avps\" is of type hstore but expression is of another\n");
        }
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((name, pair) -> {
            if (pair != null && !(pair instanceof String)) {
                throw Fault.query("function hstore(text[], integer[]) does not exist\nLINE 1: ...\n"
                        + "HINT:  No function matches the given name and argument types. "
                        + "You might need to add explicit type casts.\n");
            }
            sorted.put((String) name, pair);
        });
        return sorted;
    }
}
