package net.berth.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import net.berth.model.IpAddress;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;
import net.berth.model.row.NewRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowStatus;

/** NIPAP's table: an address is there once, and nothing else is unique. Each method is one statement of its database. */
final class Nipap {
    /** People's own tag; Berth lets it stand. */
    static final String BY_HAND = "by-hand";

    /** With it people say that a row is for the guest of its name. */
    static final String TAG = "berth";

    private final Map<Long, AddressRow> handMade = new HashMap<>();
    private final Map<IpAddress, AddressRow> rows = new TreeMap<>();
    private final Map<IpAddress, Long> touched = new HashMap<>();
    private final Judge judge;
    private final LongSupplier clock;
    private long nextId = 1;
    private int writes;
    private long freedAt;

    Nipap(Judge judge, LongSupplier clock) {
        this.judge = judge;
        this.clock = clock;
    }

    List<AddressRow> all() {
        return List.copyOf(rows.values());
    }

    Optional<AddressRow> at(IpAddress address) {
        return Optional.ofNullable(rows.get(address));
    }

    /** The same for a receiver, which knows from then on what stands there. */
    Optional<AddressRow> look(IpAddress address) {
        judge.look(address);
        return at(address);
    }

    /** Berth's rows of a NIC that do not rest, the oldest first. */
    List<AddressRow> live(NicId nic) {
        return rows.values().stream()
                .filter(row -> row.binds(nic) && !row.quarantined())
                .sorted((a, b) -> Long.compare(a.id(), b.id()))
                .toList();
    }

    /** What a person's row was before Berth adopted it. */
    Optional<AddressRow> handMade(AddressRow row) {
        return Optional.ofNullable(handMade.get(row.id()));
    }

    /** Whether a person has tagged a row for a guest that has a row of Berth's own: it moves there. */
    boolean isPrepared(String name, AddressRow own) {
        return own.avp(RowAttributes.BEFORE_SOURCE).isEmpty()
                && handMade.values().stream()
                        .filter(row ->
                                row.tags().contains(TAG) && row.externalKey().isEmpty())
                        .filter(row -> row.node().equalsIgnoreCase(name))
                        .anyMatch(row ->
                                at(row.address()).filter(AddressRow::ours).isEmpty());
    }

    /** When Berth last freed an address: that is news for whoever waits for one, or for a name. */
    long freedAt() {
        return freedAt;
    }

    /** The number that the next row gets. */
    long nextId() {
        return nextId;
    }

    /** How many statements of Berth's were meant to change something. */
    int writes() {
        return writes;
    }

    /** When a person last had to do with an address; never: 0. */
    long touched(IpAddress address) {
        return touched.getOrDefault(address, 0L);
    }

    /** When a person last changed anything; never: 0. */
    long touchedAt() {
        return touched.values().stream().mapToLong(time -> time).max().orElse(0);
    }

    /** add_prefix; false when the address has a row. */
    boolean add(NewRow row) {
        writes++;
        // The number is drawn before the insert, and is lost with it.
        long id = nextId++;
        if (rows.containsKey(row.address())) {
            return false;
        }
        List<String> tags = List.of("berth", AddressRow.CLAIMING);
        AddressRow made = new AddressRow(
                id,
                row.address(),
                AddressRow.SOURCE,
                row.nic().externalKey(),
                row.node(),
                row.description(),
                row.status(),
                tags,
                row.avps());
        judge.rowMade(made);
        rows.put(made.address(), made);
        judge.rowsChanged();
        return true;
    }

    /** edit_prefix with a condition: the row as it was last seen, less what changes. */
    Optional<AddressRow> edit(Life life, AddressRow seen, AddressRow wanted) {
        writes++;
        AddressRow now = rows.get(seen.address());
        boolean holds = now != null
                && now.id() == seen.id()
                && (now.externalKey().equals(seen.externalKey()) || changes(seen.externalKey(), wanted.externalKey()))
                && (now.source().equals(seen.source()) || changes(seen.source(), wanted.source()))
                && (now.node().equals(seen.node()) || changes(seen.node(), wanted.node()))
                && (now.description().equals(seen.description()) || changes(seen.description(), wanted.description()))
                && (now.status() == seen.status() || seen.status() != wanted.status())
                && (seen.quarantined() || wanted.quarantined() || !now.quarantined())
                && (!seen.claiming() || now.claiming());
        if (!holds) {
            return Optional.empty();
        }
        AddressRow after = merged(now, seen, wanted);
        judge.rowEdited(life, now, after);
        rows.put(after.address(), after);
        judge.rowsChanged();
        return Optional.of(after);
    }

    /** Only what was to change is written; attributes and tags as a whole, whatever others wrote there meanwhile. */
    private static AddressRow merged(AddressRow now, AddressRow seen, AddressRow wanted) {
        return new AddressRow(
                now.id(),
                now.address(),
                either(AddressRow::source, now, seen, wanted),
                either(AddressRow::externalKey, now, seen, wanted),
                either(AddressRow::node, now, seen, wanted),
                either(AddressRow::description, now, seen, wanted),
                either(AddressRow::status, now, seen, wanted),
                either(AddressRow::tags, now, seen, wanted),
                either(AddressRow::avps, now, seen, wanted));
    }

    private static <T> T either(Function<AddressRow, T> field, AddressRow now, AddressRow seen, AddressRow wanted) {
        boolean changes = !field.apply(seen).equals(field.apply(wanted));
        return field.apply(changes ? wanted : now);
    }

    private static boolean changes(String before, String after) {
        return !before.equals(after);
    }

    /** remove_prefix with a condition. */
    void remove(AddressRow seen) {
        writes++;
        AddressRow now = rows.get(seen.address());
        boolean holds = now != null
                && now.id() == seen.id()
                && now.externalKey().equals(seen.externalKey())
                && now.source().equals(seen.source())
                && now.node().equals(seen.node())
                && now.description().equals(seen.description())
                && now.status() == seen.status()
                && (!seen.claiming() || now.claiming());
        if (holds) {
            judge.rowRemoved(now);
            rows.remove(now.address());
            freedAt = clock.getAsLong();
            judge.rowsChanged();
        }
    }

    /** A person writes a row of their own. */
    boolean byHand(IpAddress address, String node, String description, String key, List<String> tags, long now) {
        if (rows.containsKey(address)) {
            return false;
        }
        AddressRow row = new AddressRow(
                nextId++, address, "nipap", key, node, description, RowStatus.ASSIGNED, tags, Map.of("owner", "alice"));
        rows.put(address, row);
        handMade.put(row.id(), row);
        touched.put(address, now);
        return true;
    }

    /** A person deletes a row, whoever made it. */
    void deletedByHand(IpAddress address, long now) {
        Optional.ofNullable(rows.remove(address)).ifPresent(judge::rowWas);
        touched.put(address, now);
    }

    /** A person writes into a row, whoever made it. */
    void editedByHand(AddressRow row, long now) {
        Optional.ofNullable(rows.get(row.address())).ifPresent(judge::rowWas);
        rows.put(row.address(), row);
        touched.put(row.address(), now);
    }

    /** A person adds what they like to a row. */
    void notedByHand(IpAddress address, long now) {
        AddressRow row = rows.get(address);
        if (row != null) {
            Map<String, String> avps = new HashMap<>(row.avps());
            avps.put("owner", "bob");
            avps.put("berth-later", "a later version's");
            List<String> tags = new ArrayList<>(row.tags());
            tags.add("seen");
            rows.put(address, with(row, row.node(), row.status(), tags, avps));
            touched.put(address, now);
        }
    }

    static AddressRow with(AddressRow row, String node, RowStatus status, List<String> tags, Map<String, String> avps) {
        return new AddressRow(
                row.id(), row.address(), row.source(), row.externalKey(), node, row.description(), status, tags, avps);
    }
}
