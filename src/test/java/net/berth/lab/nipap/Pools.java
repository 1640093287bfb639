package net.berth.lab.nipap;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** NIPAP's pools: a name for some prefixes to allocate from. */
final class Pools {
    /** One pool. */
    record Pool(int id, String name, String description, String type, Integer length4, Integer length6) {}

    private final TreeMap<Integer, Pool> all = new TreeMap<>();
    private final PlanTable table;
    private final Vrfs vrfs;

    Pools(PlanTable table, Vrfs vrfs) {
        this.table = table;
        this.vrfs = vrfs;
    }

    synchronized Pool add(Map<?, ?> attr) {
        for (String name : List.of("name", "description", "default_type")) {
            if (!attr.containsKey(name)) {
                throw Fault.missing("missing attribute " + name);
            }
        }
        String name = (String) attr.get("name");
        if (all.values().stream().anyMatch(pool -> pool.name.equalsIgnoreCase(name))) {
            throw new Fault(1400, "Duplicate value for 'pool name', the value you have inputted is already in use.");
        }
        Pool pool = new Pool(
                all.isEmpty() ? 1 : all.lastKey() + 1,
                name,
                (String) attr.get("description"),
                (String) Columns.checked("type", attr.get("default_type")),
                (Integer) attr.get("ipv4_default_prefix_length"),
                (Integer) attr.get("ipv6_default_prefix_length"));
        all.put(pool.id, pool);
        return pool;
    }

    synchronized void remove(Map<?, ?> spec) {
        for (Pool pool : list(spec)) {
            all.remove(pool.id);
            table.update(
                    row -> Integer.valueOf(pool.id).equals(row.column("pool_id")),
                    new LinkedHashMap<>(Collections.singletonMap("pool_id", null)));
        }
    }

    synchronized Pool get(int id) {
        return all.get(id);
    }

    /** By id or name. */
    synchronized List<Pool> list(Map<?, ?> spec) {
        return all.values().stream()
                .filter(pool -> !spec.containsKey("id") || spec.get("id").equals(pool.id))
                .filter(pool -> !spec.containsKey("name") || spec.get("name").equals(pool.name))
                .toList();
    }

    Pool one(Map<?, ?> spec) {
        return list(spec).stream().findFirst().orElseThrow(() -> Fault.input("non-existing pool specified"));
    }

    List<PlanRow> members(Pool pool) {
        return table.select(row -> Integer.valueOf(pool.id).equals(row.column("pool_id")));
    }

    private void counters(
            Map<String, Object> struct, List<PlanRow> all, String family, int width, Integer defaultLength) {
        List<PlanRow> members =
                all.stream().filter(row -> row.prefix().width() == width).toList();
        BigInteger total = sum(members);
        BigInteger used = BigInteger.ZERO;
        int prefixes = 0;
        for (PlanRow member : members) {
            List<PlanRow> inside = table.inside(member.vrf(), member.prefix());
            used = used.add(sum(inside));
            prefixes += inside.size();
        }
        boolean countable = !members.isEmpty() && defaultLength != null;
        BigInteger places = countable ? total.shiftRight(width - defaultLength) : null;
        struct.put("member_prefixes" + family, String.valueOf(members.size()));
        struct.put("used_prefixes" + family, String.valueOf(prefixes));
        struct.put("free_prefixes" + family, countable ? places.subtract(used).toString() : null);
        struct.put("total_prefixes" + family, countable ? places.toString() : null);
        struct.put("total_addresses" + family, total.toString());
        struct.put("used_addresses" + family, used.toString());
        struct.put("free_addresses" + family, total.subtract(used).toString());
    }

    private static BigInteger sum(List<PlanRow> rows) {
        return rows.stream().map(row -> row.prefix().size()).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** The pool that the attributes of a prefix name becomes their {@code pool_id}. */
    void resolve(Map<String, Object> attr) {
        if (attr.containsKey("pool_id")) {
            if (attr.get("pool_id") != null) {
                attr.put("pool_id", one(Map.of("id", attr.get("pool_id"))).id);
            }
        } else if (attr.containsKey("pool_name")) {
            Object name = attr.remove("pool_name");
            attr.put("pool_id", name == null ? null : one(Map.of("name", name)).id);
        }
    }

    Map<String, Object> struct(Pool pool) {
        List<PlanRow> members = members(pool);
        Map<String, Object> struct = new LinkedHashMap<>();
        struct.put("id", pool.id);
        struct.put("name", pool.name);
        struct.put("description", pool.description);
        struct.put("default_type", pool.type);
        struct.put("ipv4_default_prefix_length", pool.length4);
        struct.put("ipv6_default_prefix_length", pool.length6);
        counters(struct, members, "_v4", 32, pool.length4);
        counters(struct, members, "_v6", 128, pool.length6);
        struct.put("tags", List.of());
        struct.put("avps", Map.of());
        Vrfs.Vrf vrf = members.isEmpty() ? null : vrfs.get(members.getFirst().vrf());
        struct.put("vrf_id", vrf == null ? null : vrf.id());
        struct.put("vrf_rt", vrf == null ? null : vrf.rt());
        struct.put("vrf_name", vrf == null ? null : vrf.name());
        struct.put(
                "prefixes", members.stream().map(row -> row.prefix().toString()).toList());
        return struct;
    }
}
