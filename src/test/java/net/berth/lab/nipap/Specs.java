package net.berth.lab.nipap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** The exact matching of list_prefix, edit_prefix and remove_prefix: all members must be equal, null means IS NULL. */
final class Specs {
    private final Vrfs vrfs;

    Specs(Vrfs vrfs) {
        this.vrfs = vrfs;
    }

    Predicate<PlanRow> where(Object given) {
        if (!(given instanceof Map<?, ?> spec)) {
            throw Fault.input("invalid prefix specification");
        }
        Map<String, Object> wanted = new LinkedHashMap<>();
        for (Object key : spec.keySet()) {
            if (!Columns.EDITABLE.contains(key) && !Columns.READ_ONLY.contains(key)) {
                throw Fault.extraneous("Key '" + key + "' not allowed in prefix spec.");
            }
        }
        for (Map.Entry<?, ?> member : spec.entrySet()) {
            String key = (String) member.getKey();
            if (key.equals("prefix_length")) {
                throw Fault.query("column inp.prefix_length does not exist\n");
            }
            boolean defaultVrf = key.equals("vrf_id") && member.getValue() == null;
            wanted.put(key, defaultVrf ? Integer.valueOf(0) : Columns.compared(key, member.getValue()));
        }
        if (wanted.containsKey("id") && wanted.size() > 1) {
            throw Fault.extraneous("If 'id' specified, no other keys are allowed.");
        }
        return row -> wanted.entrySet().stream().allMatch(want -> holds(row, want.getKey(), want.getValue()));
    }

    private boolean holds(PlanRow row, String key, Object value) {
        return switch (key) {
            case "vrf_rt" -> Objects.equals(vrfs.get(row.vrf()).rt(), value);
            case "vrf_name" -> Objects.equals(vrfs.get(row.vrf()).name(), value);
            // An attribute that is not given a value in SQL: no family at all.
            case "family" -> value == null || value.equals(row.column(key));
            default -> Objects.equals(row.column(key), value);
        };
    }
}
