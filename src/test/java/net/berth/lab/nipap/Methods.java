package net.berth.lab.nipap;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Which method does what, behind authentication and the right to write. */
final class Methods {
    private static final Set<String> WRITES =
            Set.of("add_prefix", "edit_prefix", "remove_prefix", "add_vrf", "remove_vrf", "add_pool", "remove_pool");

    private final PlanTable table;
    private final Vrfs vrfs;
    private final Pools pools;
    private final PrefixMethods prefixes;
    private final Hooks hooks;
    private final Mishaps mishaps;
    private final Counters counters;
    private final AtomicInteger writing = new AtomicInteger();
    private final Random coin = new Random(7);

    Methods(PlanTable table, Vrfs vrfs, Hooks hooks, Mishaps mishaps, Counters counters) {
        this.table = table;
        this.vrfs = vrfs;
        this.pools = new Pools(table, vrfs);
        this.prefixes = new PrefixMethods(table, vrfs, pools, hooks);
        this.hooks = hooks;
        this.mishaps = mishaps;
        this.counters = counters;
    }

    Object call(Wire.Call call, Users.Cache users, String authorization) {
        counters.count(call.method());
        Map<?, ?> struct = struct(call.params());
        String source = source(struct);
        Users.User user = users.authenticate(authorization);
        if (user.readOnly() && WRITES.contains(call.method())) {
            throw new Fault(
                    1520,
                    "read-only user '" + user.name() + "' is not authorized to run function '" + call.method() + "'");
        }
        if (call.method().equals("version")) {
            // The one method that asks no database.
            return "0.32.7";
        }
        hooks.call(call.method());
        Object value = mishaps.around(call.method(), () -> {
            if (!WRITES.contains(call.method())) {
                return dispatch(call.method(), struct, source);
            }
            boolean meets = writing.incrementAndGet() > 1;
            try {
                deadlockWhenMeeting(call.method(), meets);
                return dispatch(call.method(), struct, source);
            } finally {
                writing.decrementAndGet();
            }
        });
        hooks.done(call.method());
        return value;
    }

    /** A removal that runs beside another write waits for the row of the network, and the other for it. */
    private void deadlockWhenMeeting(String method, boolean meets) {
        if (meets && method.equals("remove_prefix") && mishaps.parallelDeadlocks() && coin.nextBoolean()) {
            throw Fault.deadlock();
        }
    }

    void addPool(Map<String, ?> attr) {
        pools.add(attr);
    }

    void resolvePool(Map<String, Object> attr) {
        pools.resolve(attr);
    }

    private Object dispatch(String method, Map<?, ?> struct, String source) {
        return switch (method) {
            case "db_version" -> 8;
            case "echo" -> struct.get("message");
            case "list_vrf" ->
                vrfs.list(orEmpty(struct.get("vrf"))).stream().map(Vrfs::struct).toList();
            case "add_vrf" -> Vrfs.struct(vrfs.add(orEmpty(struct.get("attr"))));
            case "remove_vrf" -> removeVrf(orEmpty(struct.get("vrf")));
            case "list_pool" ->
                pools.list(orEmpty(struct.get("pool"))).stream()
                        .map(pools::struct)
                        .toList();
            case "add_pool" -> pools.struct(pools.add(orEmpty(struct.get("attr"))));
            case "remove_pool" -> {
                pools.remove(orEmpty(struct.get("pool")));
                yield null;
            }
            case "list_prefix" -> prefixes.list(struct);
            case "search_prefix" -> prefixes.search(struct);
            case "find_free_prefix" -> prefixes.findFree(struct);
            case "add_prefix" -> prefixes.add(struct, source);
            case "edit_prefix" -> prefixes.edit(struct);
            case "remove_prefix" -> prefixes.remove(struct);
            default -> throw Fault.python("Exception", "method \"" + method + "\" is not supported");
        };
    }

    private Object removeVrf(Map<?, ?> spec) {
        for (Vrfs.Vrf vrf : vrfs.list(spec)) {
            vrfs.remove(vrf.id());
            table.deleteVrf(vrf.id());
        }
        return null;
    }

    private static Map<?, ?> struct(List<Object> params) {
        if (params.size() != 1) {
            throw Fault.general("NIPAP API functions take exactly 1 argument (" + params.size() + " given)");
        }
        if (!(params.getFirst() instanceof Map<?, ?> struct)) {
            throw Fault.general("Function argument must be XML-RPC struct/Python dict (Python str given).");
        }
        return struct;
    }

    private static String source(Map<?, ?> struct) {
        if (!(struct.get("auth") instanceof Map<?, ?> auth)) {
            throw Fault.general("Missing/invalid authentication options in request.");
        }
        if (!(auth.get("authoritative_source") instanceof String source)) {
            throw Fault.general("Missing authoritative source in auth options.");
        }
        return source;
    }

    private static Map<?, ?> orEmpty(Object given) {
        return given == null ? Map.of() : (Map<?, ?>) given;
    }
}
