package net.berth.lab.nipap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of search_prefix, of which paging is kept; {@code max} is null for no limit. */
record SearchOptions(Integer max, int offset) {
    private static final int DEFAULT_MAX = 50;

    static SearchOptions of(Object given) {
        Map<?, ?> options = given == null ? Map.of() : (Map<?, ?>) given;
        Integer max = DEFAULT_MAX;
        if (options.containsKey("max_result")) {
            Object value = options.get("max_result");
            // Python: False and 0 are equal.
            boolean unlimited = value == null || value.equals(false) || value.equals(0);
            max = unlimited ? null : Integer.valueOf(number(value, "max_result"));
        }
        int offset = options.containsKey("offset") ? number(options.get("offset"), "offset") : 0;
        if (max != null && max + offset < 0) {
            throw Fault.data();
        }
        return new SearchOptions(max, offset);
    }

    private static int number(Object value, String name) {
        try {
            return Integer.parseInt(value.toString());
        } catch (NumberFormatException e) {
            throw Fault.value("Invalid value for option '" + name + "'. Only integer values allowed.");
        }
    }

    <T> List<T> page(List<T> rows) {
        if (max == null) {
            return rows.stream().skip(offset).toList();
        }
        // Limited in SQL, and once more in Python, which looks only after it has taken a row.
        return rows.stream()
                .limit(max + offset)
                .skip(offset)
                .limit(Math.max(max, 1))
                .toList();
    }

    Map<String, Object> struct() {
        Map<String, Object> struct = new LinkedHashMap<>();
        struct.put("max_result", max);
        struct.put("offset", offset);
        struct.put("include_all_parents", false);
        struct.put("include_all_children", false);
        struct.put("parents_depth", 0);
        struct.put("children_depth", 0);
        struct.put("include_neighbors", false);
        struct.put("parent_prefix", null);
        return struct;
    }
}
