package net.berth.lab.nipap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** NIPAP's VRFs. The one with id 0 is there from the start, has no route target and cannot be removed. */
final class Vrfs {
    /** One VRF; {@code rt} is null for id 0 alone. */
    record Vrf(int id, String rt, String name, String description) {}

    private final TreeMap<Integer, Vrf> all = new TreeMap<>();
    private int last;

    Vrfs() {
        all.put(0, new Vrf(0, null, "default", "The default VRF, typically the Internet."));
    }

    synchronized Vrf add(Map<?, ?> attr) {
        for (String name : List.of("rt", "name")) {
            if (!attr.containsKey(name)) {
                throw Fault.missing("missing attribute " + name);
            }
        }
        for (Object name : attr.keySet()) {
            if (!Set.of("rt", "name", "description", "tags", "avps").contains(name)) {
                throw Fault.extraneous("extraneous attribute " + name);
            }
        }
        String rt = String.valueOf(attr.get("rt"));
        if (!rt.matches("[0-9.]+:[0-9]+")) {
            throw Fault.value("Invalid input for column rt, should be ASN:id (123:456) or IP:id (1.3.3.7:456)");
        }
        String name = String.valueOf(attr.get("name"));
        for (Vrf other : all.values()) {
            if (rt.equals(other.rt)) {
                throw new Fault(1400, "Duplicate value for 'VRF RT', the value '" + rt + "' is already in use.");
            }
            if (name.equalsIgnoreCase(other.name)) {
                throw new Fault(1400, "Duplicate value for 'VRF name', the value you have inputted is already in use.");
            }
        }
        Vrf vrf = new Vrf(++last, rt, name, (String) attr.get("description"));
        all.put(vrf.id, vrf);
        return vrf;
    }

    /** Its prefixes go with it; that is up to the caller. */
    synchronized void remove(int id) {
        if (id == 0) {
            throw Fault.value("Prohibited delete of default VRF (id=0).");
        }
        all.remove(id);
    }

    synchronized List<Vrf> list(Map<?, ?> spec) {
        for (Object key : spec.keySet()) {
            if (!Set.of("id", "name", "rt").contains(key)) {
                throw Fault.extraneous("extraneous specification key " + key);
            }
        }
        if (spec.size() > 1) {
            throw Fault.extraneous("VRF specification contains too many keys, specify VRF id, vrf or name.");
        }
        return all.values().stream()
                .filter(vrf -> !spec.containsKey("id") || spec.get("id").equals(vrf.id))
                .filter(vrf -> !spec.containsKey("name") || spec.get("name").equals(vrf.name))
                .filter(vrf -> !spec.containsKey("rt") || spec.get("rt").equals(vrf.rt))
                .toList();
    }

    synchronized Vrf get(int id) {
        return all.get(id);
    }

    /** The VRF that the attributes of a prefix name; the default one when they name none. */
    Vrf of(Map<?, ?> attr) {
        Map<String, Object> spec = new LinkedHashMap<>();
        if (attr.containsKey("vrf_id")) {
            spec.put("id", attr.get("vrf_id") == null ? 0 : attr.get("vrf_id"));
        } else if (attr.containsKey("vrf_rt")) {
            spec.put("rt", attr.get("vrf_rt"));
        } else if (attr.containsKey("vrf_name")) {
            spec.put("name", attr.get("vrf_name"));
        } else {
            spec.put("id", 0);
        }
        return list(spec).stream().findFirst().orElseThrow(() -> Fault.nonExistent("No matching VRF found."));
    }

    static Map<String, Object> struct(Vrf vrf) {
        Map<String, Object> struct = new LinkedHashMap<>();
        struct.put("id", vrf.id);
        struct.put("rt", vrf.rt);
        struct.put("name", vrf.name);
        struct.put("description", vrf.description);
        for (String counter : List.of("num_prefixes", "total_addresses", "used_addresses", "free_addresses")) {
            struct.put(counter + "_v4", "0");
            struct.put(counter + "_v6", "0");
        }
        struct.put("tags", List.of());
        struct.put("avps", Map.of());
        return struct;
    }
}
