package net.berth.lab.nipap;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** The prefix calls of nipapd: several statements each, and nothing that holds them together. */
final class PrefixMethods {
    private final PlanTable table;
    private final Vrfs vrfs;
    private final Pools pools;
    private final Specs specs;
    private final FreeFinder finder;
    private final RowPrinter printer;
    private final Hooks hooks;

    PrefixMethods(PlanTable table, Vrfs vrfs, Pools pools, Hooks hooks) {
        this.table = table;
        this.vrfs = vrfs;
        this.pools = pools;
        this.specs = new Specs(vrfs);
        this.finder = new FreeFinder(table, pools);
        this.printer = new RowPrinter(table, vrfs, pools);
        this.hooks = hooks;
    }

    Object list(Map<?, ?> call) {
        return table.select(specs.where(orEmpty(call.get("prefix")))).stream()
                .map(printer::listed)
                .toList();
    }

    Object search(Map<?, ?> call) {
        SearchOptions options = SearchOptions.of(call.get("search_options"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("search_options", options.struct());
        answer.put(
                "result",
                options.page(table.select(Queries.where(call.get("query")))).stream()
                        .map(printer::found)
                        .toList());
        return answer;
    }

    Object findFree(Map<?, ?> call) {
        Map<?, ?> vrf = orEmpty(call.get("vrf"));
        Map<String, Object> named = new LinkedHashMap<>();
        vrf.forEach((key, value) -> named.put("vrf_" + key, value));
        return finder.find(vrfs.of(named).id(), call.get("args")).stream()
                .map(prefix -> prefix.isHost() ? prefix.address() : prefix.toString())
                .toList();
    }

    Object add(Map<?, ?> call, String source) {
        Map<String, Object> attr = attributes(call.get("attr"));
        Map<?, ?> args = orEmpty(call.get("args"));
        pools.resolve(attr);
        attr.put("authoritative_source", source);
        boolean explicit = attr.containsKey("prefix");
        int sources = (explicit ? 1 : 0)
                + (args.containsKey("from-pool") ? 1 : 0)
                + (args.containsKey("from-prefix") ? 1 : 0);
        if (sources != 1) {
            throw Fault.extraneous("specify 'prefix' or 'from-prefix' or 'from-pool'");
        }
        int vrf = vrf(attr, args);
        if (!explicit) {
            List<Cidr> free = finder.find(vrf, args);
            if (free.isEmpty()) {
                throw Fault.nonExistent("no free prefix found");
            }
            attr.put("prefix", free.getFirst().toString());
            hooks.found(free.getFirst().toString());
        }
        check(attr);
        if (!attr.containsKey("description") && !attr.containsKey("node")) {
            throw Fault.missing("Either description or node must be specified.");
        }
        expires(attr);
        Map<String, Object> checked = Columns.checked(attr);
        int id = table.nextId();
        hooks.beforeInsert(String.valueOf(attr.get("prefix")));
        return printer.listed(table.insert(id, vrf, checked));
    }

    Object edit(Map<?, ?> call) {
        Map<String, Object> attr = attributes(call.get("attr"));
        pools.resolve(attr);
        if (attr.containsKey("vrf_id") || attr.containsKey("vrf_rt") || attr.containsKey("vrf_name")) {
            attr.put("vrf_id", vrfs.of(attr).id());
            attr.keySet().removeAll(Set.of("vrf_rt", "vrf_name"));
        }
        check(attr);
        // A date is taken here, other than by add_prefix; it has no zone and is read in the server's.
        attr.computeIfPresent("expires", (name, value) -> value instanceof LocalDateTime ? value.toString() : value);
        expires(attr);
        Map<?, ?> spec = asSpec(call.get("prefix"));
        if (attr.isEmpty() || spec.isEmpty()) {
            throw Fault.query("syntax error at or near \"" + (attr.isEmpty() ? "WHERE" : "RETURNING") + "\"\n");
        }
        Predicate<PlanRow> where = specs.where(spec);
        // Both clauses are filled from one map of names, the condition last.
        attr.replaceAll((name, value) -> spec.containsKey(name) ? spec.get(name) : value);
        return table.update(where, attr).stream().map(printer::found).toList();
    }

    Object remove(Map<?, ?> call) {
        Map<String, Object> spec = new LinkedHashMap<>();
        asSpec(call.get("prefix")).forEach((key, value) -> spec.put((String) key, value));
        if (spec.containsKey("id")) {
            List<PlanRow> rows = table.select(specs.where(spec));
            if (rows.isEmpty()) {
                throw Fault.python("IndexError", "list index out of range");
            }
            spec.remove("id");
            spec.put("prefix", rows.getFirst().prefix().toString());
            spec.put("vrf_id", rows.getFirst().vrf());
        } else if (!spec.containsKey("prefix")) {
            throw Fault.missing("missing prefix or id of prefix");
        }
        Predicate<PlanRow> where = specs.where(spec);
        Object recursive = call.get("recursive");
        if (Objects.equals(recursive, true) || Objects.equals(recursive, 1)) {
            Cidr top = Cidr.parse((String) spec.get("prefix"));
            List<PlanRow> doomed = new ArrayList<>(table.select(where));
            table.delete(row -> doomed.stream().anyMatch(each -> each.vrf() == row.vrf())
                    && row.isHost()
                    && top.containsOrEquals(row.prefix()));
            table.delete(row ->
                    doomed.stream().anyMatch(each -> each.vrf() == row.vrf()) && top.containsOrEquals(row.prefix()));
            return null;
        }
        table.delete(where);
        return null;
    }

    private int vrf(Map<String, Object> attr, Map<?, ?> args) {
        boolean named = attr.containsKey("vrf_id") || attr.containsKey("vrf_rt") || attr.containsKey("vrf_name");
        int vrf = vrfs.of(attr).id();
        if (args.containsKey("from-pool")) {
            Pools.Pool pool = pools.one((Map<?, ?>) args.get("from-pool"));
            List<PlanRow> members = pools.members(pool);
            if (members.isEmpty()) {
                throw Fault.input("No prefixes in pool");
            }
            attr.putIfAbsent("type", pool.type());
            int implied = members.getFirst().vrf();
            if (named && vrf != implied) {
                throw Fault.input("VRF must be the same as the pools implied VRF");
            }
            vrf = implied;
        }
        attr.keySet().removeAll(Set.of("vrf_rt", "vrf_name"));
        attr.put("vrf_id", vrf);
        return vrf;
    }

    private static void check(Map<String, Object> attr) {
        for (String name : attr.keySet()) {
            if (!Columns.EDITABLE.contains(name)) {
                throw Fault.extraneous("extraneous attribute " + name);
            }
        }
        if (attr.get("avps") instanceof Map<?, ?> avps && avps.containsKey("")) {
            throw Fault.value("AVP with empty name is not allowed");
        }
    }

    private static void expires(Map<String, Object> attr) {
        if (attr.containsKey("expires")) {
            attr.put("expires", Expires.parse(attr.get("expires")));
        }
    }

    private static Map<String, Object> attributes(Object given) {
        if (!(given instanceof Map<?, ?> map)) {
            throw Fault.input("'attr' must be a dict");
        }
        Map<String, Object> attr = new LinkedHashMap<>();
        map.forEach((name, value) -> attr.put((String) name, value));
        return attr;
    }

    private static Map<?, ?> asSpec(Object given) {
        if (given instanceof Map<?, ?> map) {
            return map;
        }
        throw Fault.general("invalid prefix specification");
    }

    private static Map<?, ?> orEmpty(Object given) {
        return given == null ? Map.of() : (Map<?, ?>) given;
    }
}
