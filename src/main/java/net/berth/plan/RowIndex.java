package net.berth.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
                case Change.Free free -> drop(free.row().id());
                case Change.OnRouter other -> {}
                case Change.WriteGuest other -> {}
            }
        }
    }

    public Optional<AddressRow> at(IpAddress address) {
        return Optional.ofNullable(byAddress.get(address));
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
        row.nic()
                .ifPresentOrElse(
                        nic -> {
                            put(ofGuests, nic.guest(), row);
                            uuid(row).ifPresent(uuid -> put(ofMachines, uuid, row));
                            put(named, lower(row.description()), row);
                            put(mapped, lower(NameRule.mappingName(row)), row);
                            row.mac().ifPresent(mac -> put(macs, mac, row));
                        },
                        () -> put(ofHumans, lower(row.node()), row));
    }

    private void drop(long id) {
        AddressRow row = all.remove(id);
        if (row == null) {
            return;
        }
        byAddress.remove(row.address(), row);
        row.nic()
                .ifPresentOrElse(
                        nic -> {
                            take(ofGuests, nic.guest(), row);
                            uuid(row).ifPresent(uuid -> take(ofMachines, uuid, row));
                            take(named, lower(row.description()), row);
                            take(mapped, lower(NameRule.mappingName(row)), row);
                            row.mac().ifPresent(mac -> take(macs, mac, row));
                        },
                        () -> take(ofHumans, lower(row.node()), row));
    }

    private static Optional<String> uuid(AddressRow row) {
        return Optional.of(lower(row.avp(RowAttributes.UUID))).filter(uuid -> !uuid.isEmpty());
    }

    private static <K> void put(Map<K, List<AddressRow>> map, K key, AddressRow row) {
        map.merge(key, List.of(row), RowIndex::joined);
    }

    private static <K> void take(Map<K, List<AddressRow>> map, K key, AddressRow row) {
        map.computeIfPresent(key, (same, rows) -> without(rows, row));
    }

    private static List<AddressRow> joined(List<AddressRow> before, List<AddressRow> more) {
        List<AddressRow> rows = new ArrayList<>(before);
        rows.addAll(more);
        return rows;
    }

    private static List<AddressRow> without(List<AddressRow> rows, AddressRow row) {
        return rows.stream().filter(other -> other.id() != row.id()).toList();
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
