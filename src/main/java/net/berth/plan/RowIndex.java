package net.berth.plan;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.berth.model.AddressRange;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.row.AddressRow;
import net.berth.model.row.NewRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.entry.NameRule;

/**
 * NIPAP's rows, found by what plans ask for, so that thousands of plans in a row do not each read thousands of rows. Not
 * for several threads at once.
 */
public final class RowIndex {
    /** Above all numbers that NIPAP gives out: a row that is only foreseen is younger than all that are there. */
    private static final long FORESEEN = 1L << 62;

    private final Map<Long, AddressRow> all = new LinkedHashMap<>();
    private final Map<IpAddress, AddressRow> byAddress = new HashMap<>();
    private final Map<GuestId, List<AddressRow>> ofGuests = new HashMap<>();
    private final Map<String, List<AddressRow>> ofMachines = new HashMap<>();
    private final Map<String, List<AddressRow>> ofHumans = new HashMap<>();
    private final Map<String, List<AddressRow>> named = new HashMap<>();
    private final Map<String, List<AddressRow>> mapped = new HashMap<>();
    private final Map<MacAddress, List<AddressRow>> macs = new HashMap<>();
    /** From an address to a later one; all between them have rows. */
    private final Map<IpAddress, IpAddress> taken = new HashMap<>();

    private long foreseen;

    private RowIndex() {}

    /** An index of these rows. */
    public static RowIndex of(List<AddressRow> rows) {
        RowIndex index = new RowIndex();
        rows.forEach(index::add);
        return index;
    }

    /** The rows as they would be after a plan, so that the next guest's plan chooses no address and no name twice. */
    public void foresee(GuestPlan plan) {
        for (Change change : plan.changes(Change.Stage.INTENT)) {
            switch (change) {
                case Change.Claim claim -> add(made(claim.row()));
                case Change.Edit edit -> {
                    if (all.containsKey(edit.row().id())) {
                        add(edited(edit));
                    }
                }
                case Change.Free free -> {
                    drop(free.row().id());
                    taken.clear();
                }
                case Change.OnRouter other -> {}
                case Change.WriteGuest other -> {}
            }
        }
    }

    public Optional<AddressRow> at(IpAddress address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /**
     * The first address of a span that has no row. Where a look ends the next one begins, so that thousands of new guests do not
     * each look at the addresses of all before them.
     */
    Optional<IpAddress> withoutRow(AddressRange span) {
        IpAddress next = taken.getOrDefault(span.first(), span.first());
        while (byAddress.containsKey(next) && next.compareTo(span.last()) < 0) {
            next = next.plus(1);
        }
        taken.put(span.first(), next);
        return Optional.of(next).filter(address -> span.contains(address) && !byAddress.containsKey(address));
    }

    /** Berth's rows of a guest. */
    public List<AddressRow> of(GuestId guest) {
        return ofGuests.getOrDefault(guest, List.of());
    }

    /** Berth's rows of a guest, and those of its machine (by the uuid) under another number. */
    public List<AddressRow> ofMachine(Guest guest) {
        List<AddressRow> elsewhere = guest.uuid().isEmpty()
                ? List.<AddressRow>of()
                : ofMachines.getOrDefault(lower(guest.uuid()), List.of());
        return Stream.concat(of(guest.id()).stream(), elsewhere.stream())
                .distinct()
                .toList();
    }

    /** Rows that are not Berth's and name this node, whatever the case. */
    List<AddressRow> ofHumans(String node) {
        return ofHumans.getOrDefault(lower(node), List.of());
    }

    /** Berth's rows with this DNS name, whatever the case. */
    List<AddressRow> named(String name) {
        return named.getOrDefault(lower(name), List.of());
    }

    /** Berth's rows whose mapping has this name, whatever the case. */
    List<AddressRow> mapped(String name) {
        return mapped.getOrDefault(lower(name), List.of());
    }

    /** Berth's rows that note this MAC. */
    List<AddressRow> withMac(MacAddress mac) {
        return macs.getOrDefault(mac, List.of());
    }

    private void add(AddressRow row) {
        drop(row.id());
        all.put(row.id(), row);
        byAddress.put(row.address(), row);
        index(row, rows -> Stream.concat(rows.stream(), Stream.of(row)).toList());
    }

    private void drop(long id) {
        AddressRow row = all.remove(id);
        if (row != null) {
            byAddress.remove(row.address(), row);
            index(row, rows -> rows.stream().filter(other -> other.id() != id).toList());
        }
    }

    /** Changes the lists that a row is in. */
    private void index(AddressRow row, UnaryOperator<List<AddressRow>> change) {
        row.nic()
                .ifPresentOrElse(
                        nic -> {
                            change(ofGuests, nic.guest(), change);
                            uuid(row).ifPresent(uuid -> change(ofMachines, uuid, change));
                            change(named, lower(row.description()), change);
                            change(mapped, lower(NameRule.mappingName(row)), change);
                            row.mac().ifPresent(mac -> change(macs, mac, change));
                        },
                        () -> change(ofHumans, lower(row.node()), change));
    }

    private static <K> void change(Map<K, List<AddressRow>> map, K key, UnaryOperator<List<AddressRow>> change) {
        map.put(key, change.apply(map.getOrDefault(key, List.of())));
    }

    private static Optional<String> uuid(AddressRow row) {
        return Optional.of(lower(row.avp(RowAttributes.UUID))).filter(uuid -> !uuid.isEmpty());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private AddressRow made(NewRow claim) {
        return new AddressRow(
                FORESEEN + foreseen++,
                claim.address(),
                AddressRow.SOURCE,
                claim.nic().externalKey(),
                claim.node(),
                claim.description(),
                claim.status(),
                List.of(),
                claim.avps());
    }

    private static AddressRow edited(Change.Edit change) {
        AddressRow row = change.row();
        return new AddressRow(
                row.id(),
                row.address(),
                change.edit().field("authoritative_source").orElse(row.source()),
                change.edit().field("external_key").orElse(row.externalKey()),
                change.edit().field("node").orElse(row.node()),
                change.edit().field("description").orElse(row.description()),
                row.status(),
                row.tags(),
                row.avps());
    }
}
