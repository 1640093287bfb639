package net.berth.inmemory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Stream;
import net.berth.model.IpAddress;
import net.berth.model.NicId;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.model.row.NewRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowEdit;
import net.berth.model.row.RowStatus;
import org.jspecify.annotations.Nullable;

/**
 * NIPAP's table: an address is there once, and nothing else is unique. Each method is one statement of its database; a
 * subclass may watch what changes.
 */
public class NipapTable {
    /** With it people say that a row is for the guest of its name. */
    public static final String TAG = "berth";

    public final Map<String, List<Prefix>> pools = new HashMap<>();
    /** In the order in which NIPAP lists them. */
    public final ConcurrentSkipListMap<IpAddress, AddressRow> rows = new ConcurrentSkipListMap<>();

    private long nextId = 1;
    private int writes;

    public final List<AddressRow> all() {
        return List.copyOf(rows.values());
    }

    public final Optional<AddressRow> at(IpAddress address) {
        return Optional.ofNullable(rows.get(address));
    }

    /** The same for a receiver, which knows from then on what is there. */
    public Optional<AddressRow> look(IpAddress address) {
        return at(address);
    }

    /** Berth's rows of a NIC that are not in quarantine, the oldest first. */
    public final List<AddressRow> live(NicId nic) {
        return rows.values().stream()
                .filter(row -> row.binds(nic) && !row.quarantined())
                .sorted(Comparator.comparingLong(AddressRow::id))
                .toList();
    }

    /** The number that the next row gets. */
    public final long nextId() {
        return nextId;
    }

    /** How many statements of Berth's were meant to change something. */
    public final int writes() {
        return writes;
    }

    /** Draws the number of a row that is to be inserted; it is lost if the row is not. */
    public final long draw() {
        return nextId++;
    }

    /** add_prefix of Berth's; false when the address has a row. */
    final boolean add(NewRow row) {
        writes++;
        return insert(new AddressRow(
                draw(),
                row.address(),
                AddressRow.SOURCE,
                row.nic().externalKey(),
                row.node(),
                row.description(),
                row.status(),
                List.of(TAG, AddressRow.CLAIMING),
                row.avps()));
    }

    /** add_prefix; false when the address has a row. */
    public final boolean insert(AddressRow row) {
        if (rows.containsKey(row.address())) {
            return false;
        }
        making(row);
        rows.put(row.address(), row);
        changed();
        return true;
    }

    /** edit_prefix with a condition: the row as it was last seen, less what changes. */
    final Optional<AddressRow> edit(AddressRow seen, AddressRow wanted) {
        writes++;
        AddressRow now = rows.get(seen.address());
        if (!holds(now, seen, wanted)) {
            return Optional.empty();
        }
        // Attributes and tags are written as a whole, whatever others wrote there meanwhile.
        AddressRow after = with(
                wanted,
                wanted.node(),
                wanted.status(),
                wanted.tags().equals(seen.tags()) ? now.tags() : wanted.tags(),
                wanted.avps().equals(seen.avps()) ? now.avps() : wanted.avps());
        editing(now, after);
        rows.put(after.address(), after);
        changed();
        return Optional.of(after);
    }

    /** Whether a row is as it was seen in what shows whose it is, less what changes. */
    static boolean holds(@Nullable AddressRow now, AddressRow seen, AddressRow wanted) {
        return now != null
                && now.id() == seen.id()
                && Stream.<Function<AddressRow, Object>>of(
                                AddressRow::externalKey,
                                AddressRow::source,
                                AddressRow::node,
                                AddressRow::description,
                                AddressRow::status)
                        .allMatch(field -> field.apply(now).equals(field.apply(seen))
                                || !field.apply(seen).equals(field.apply(wanted)))
                && (seen.quarantined() || wanted.quarantined() || !now.quarantined())
                && (!seen.claiming() || now.claiming());
    }

    /** remove_prefix with a condition. */
    final void remove(AddressRow seen) {
        writes++;
        AddressRow now = rows.get(seen.address());
        if (now != null && holds(now, seen, seen)) {
            removing(now);
            rows.remove(now.address());
            changed();
        }
    }

    /** A row is about to be made. */
    protected void making(AddressRow row) {}

    protected void editing(AddressRow before, AddressRow after) {}

    protected void removing(AddressRow row) {}

    /** A statement has changed the table. */
    protected void changed() {}

    /** What an edit makes of a row. The tag follows the source, as NIPAP's adapter writes it. */
    static AddressRow changed(AddressRow row, RowEdit edit) {
        Map<String, String> avps = new HashMap<>(row.avps());
        edit.avps().forEach((name, value) -> avps.compute(name, (same, old) -> value.isEmpty() ? null : value));
        List<String> tags = new ArrayList<>(row.tags());
        edit.field("authoritative_source").ifPresent(source -> {
            tags.remove(TAG);
            if (source.equals(AddressRow.SOURCE) || row.avps().containsKey(RowAttributes.BEFORE_TAG)) {
                tags.add(TAG);
            }
        });
        return new AddressRow(
                row.id(),
                row.address(),
                edit.field("authoritative_source").orElse(row.source()),
                edit.field("external_key").orElse(row.externalKey()),
                edit.field("node").orElse(row.node()),
                edit.field("description").orElse(row.description()),
                edit.field("status").map(RowStatus::of).orElse(row.status()),
                tags,
                avps);
    }

    public static AddressRow with(
            AddressRow row, String node, RowStatus status, List<String> tags, Map<String, String> avps) {
        return new AddressRow(
                row.id(), row.address(), row.source(), row.externalKey(), node, row.description(), status, tags, avps);
    }
}
