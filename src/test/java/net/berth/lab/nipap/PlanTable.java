package net.berth.lab.nipap;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * The table ip_net_plan with its unique index and its triggers. Each method is one statement: atomic by itself, with
 * nothing that holds between two of them.
 */
final class PlanTable {
    /** What a statement did to a row, for tests that count. */
    record Change(String statement, int id, Cidr prefix) {}

    private final Map<Integer, TreeMap<Cidr, PlanRow>> byVrf = new TreeMap<>();
    /** All rows, as long as none is written: trees are slow to walk through for every search. */
    private final List<PlanRow> inOrder = new ArrayList<>();

    /** Where rows with a key stand among them. */
    private final TreeMap<String, List<Integer>> byKey = new TreeMap<>();

    private final AtomicInteger sequence = new AtomicInteger();
    private final List<Change> changes = new ArrayList<>();

    /** The sequence moves before the row is there, and for failed inserts too. */
    int nextId() {
        return sequence.incrementAndGet();
    }

    /** With columns that were checked, as the database reads a statement before it takes an id for it. */
    synchronized PlanRow insert(int id, int vrf, Map<String, Object> checked) {
        Instant now = Instant.now();
        Map<String, Object> columns = Columns.defaults();
        columns.putAll(checked);
        columns.remove("vrf_id");
        Cidr prefix = (Cidr) columns.remove("prefix");
        PlanRow row = new PlanRow(id, vrf, prefix, (String) columns.remove("type"), columns, now, now);
        PlanRules.insert(this, row);
        TreeMap<Cidr, PlanRow> rows = byVrf.computeIfAbsent(vrf, key -> new TreeMap<>());
        if (rows.containsKey(prefix)) {
            throw duplicate(row);
        }
        rows.put(prefix, row);
        inOrder.clear();
        changes.add(new Change("INSERT", id, prefix));
        return row;
    }

    synchronized List<PlanRow> update(Predicate<PlanRow> where, Map<String, Object> change) {
        Map<String, Object> checked = Columns.checked(change);
        List<PlanRow> before = select(where);
        List<PlanRow> changed = new ArrayList<>();
        try {
            for (PlanRow old : before) {
                changed.add(updated(old, checked));
            }
        } catch (Fault fault) {
            undo(before, changed);
            throw fault;
        }
        for (PlanRow row : changed) {
            changes.add(new Change("UPDATE", row.id(), row.prefix()));
        }
        return changed;
    }

    /** A statement is done as a whole or not at all. */
    private void undo(List<PlanRow> before, List<PlanRow> changed) {
        changed.forEach(row -> byVrf.get(row.vrf()).remove(row.prefix()));
        before.forEach(row -> byVrf.get(row.vrf()).put(row.prefix(), row));
        inOrder.clear();
    }

    private PlanRow updated(PlanRow old, Map<String, Object> change) {
        Map<String, Object> columns = new LinkedHashMap<>(old.columns());
        change.forEach(columns::put);
        Cidr prefix = (Cidr) columns.getOrDefault("prefix", old.prefix());
        String type = (String) columns.getOrDefault("type", old.type());
        int vrf = (Integer) columns.getOrDefault("vrf_id", old.vrf());
        columns.keySet().removeAll(List.of("prefix", "type", "vrf_id"));
        PlanRow row = new PlanRow(old.id(), vrf, prefix, type, columns, old.added(), Instant.now());
        TreeMap<Cidr, PlanRow> rows = byVrf.get(old.vrf());
        rows.remove(old.prefix());
        inOrder.clear();
        try {
            PlanRules.update(this, old, row);
            if (rows.containsKey(prefix)) {
                throw duplicate(row);
            }
        } catch (Fault fault) {
            rows.put(old.prefix(), old);
            inOrder.clear();
            throw fault;
        }
        rows.put(prefix, row);
        inOrder.clear();
        return row;
    }

    synchronized int delete(Predicate<PlanRow> where) {
        List<PlanRow> gone = select(where);
        gone.forEach(row -> PlanRules.delete(this, row));
        for (PlanRow row : gone) {
            byVrf.get(row.vrf()).remove(row.prefix());
            inOrder.clear();
            changes.add(new Change("DELETE", row.id(), row.prefix()));
        }
        return gone.size();
    }

    /** ON DELETE CASCADE, which asks no trigger about hosts inside. */
    synchronized void deleteVrf(int vrf) {
        byVrf.remove(vrf);
        inOrder.clear();
    }

    /** In the order of VRF, then prefix. */
    synchronized List<PlanRow> select(Predicate<PlanRow> where) {
        List<PlanRow> found = new ArrayList<>();
        for (PlanRow row : inOrder()) {
            if (where.test(row)) {
                found.add(row);
            }
        }
        return found;
    }

    /** In the same order. */
    synchronized List<PlanRow> select(Search search) {
        if (search.keyStarts().isEmpty()) {
            return select(search.where());
        }
        inOrder();
        TreeMap<Integer, PlanRow> found = new TreeMap<>();
        for (String start : search.keyStarts().get()) {
            byKey.subMap(start, start + Character.MAX_VALUE).values().forEach(places -> places.stream()
                    .filter(place -> search.where().test(inOrder.get(place)))
                    .forEach(place -> found.put(place, inOrder.get(place))));
        }
        return List.copyOf(found.values());
    }

    private List<PlanRow> inOrder() {
        if (inOrder.isEmpty()) {
            byVrf.values().forEach(rows -> inOrder.addAll(rows.values()));
            byKey.clear();
            for (int place = 0; place < inOrder.size(); place++) {
                if (inOrder.get(place).externalKey() instanceof String key) {
                    byKey.computeIfAbsent(key, name -> new ArrayList<>()).add(place);
                }
            }
        }
        return inOrder;
    }

    synchronized Optional<PlanRow> get(int vrf, Cidr prefix) {
        return Optional.ofNullable(byVrf.getOrDefault(vrf, new TreeMap<>()).get(prefix));
    }

    /** The nearest row that covers the prefix and is not it. */
    synchronized Optional<PlanRow> parent(int vrf, Cidr prefix) {
        TreeMap<Cidr, PlanRow> rows = byVrf.getOrDefault(vrf, new TreeMap<>());
        for (int length = prefix.length() - 1; length >= 0; length--) {
            PlanRow row = rows.get(prefix.masked(length));
            if (row != null) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    /** All rows inside a prefix, itself left out. */
    synchronized List<PlanRow> inside(int vrf, Cidr prefix) {
        Cidr end = new Cidr(prefix.last(), prefix.width(), prefix.width());
        return byVrf.getOrDefault(vrf, new TreeMap<>()).subMap(prefix, false, end, true).values().stream()
                .filter(row -> prefix.contains(row.prefix()))
                .toList();
    }

    synchronized List<Change> changes() {
        return List.copyOf(changes);
    }

    synchronized List<PlanRow> all() {
        return select(row -> true).stream()
                .sorted(Comparator.comparingInt(PlanRow::id))
                .toList();
    }

    private static Fault duplicate(PlanRow row) {
        String prefix =
                row.prefix().isHost() ? row.prefix().address() : row.prefix().toString();
        return new Fault(
                1400, "Duplicate value for 'prefix', the value '" + row.vrf() + ", " + prefix + "' is already in use.");
    }
}
