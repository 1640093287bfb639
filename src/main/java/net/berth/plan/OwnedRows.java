package net.berth.plan;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.berth.model.AddressRange;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.NicId;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.plan.entry.Ownership;

/**
 * NIPAP's rows for one plan, and what is Berth's by them. Notes whether a question needed more rows than were given, and
 * which addresses this plan gives to NICs that have no row yet.
 */
public final class OwnedRows {
    private final RowIndex rows;
    private final Map<IpAddress, NicId> given = new HashMap<>();
    private final boolean whole;
    private boolean needsAll;

    public OwnedRows(RowIndex rows, boolean whole) {
        this.rows = rows;
        this.whole = whole;
    }

    /** Whether a question could not be answered from the rows given. */
    boolean needsAll() {
        return needsAll;
    }

    /** Rows of this NIC: the confirmed, those of open claims, quarantined ones; of each kind the oldest first. */
    public List<AddressRow> of(NicId nic) {
        return rows.of(nic.guest()).stream()
                .filter(row -> row.binds(nic))
                .sorted(Comparator.comparing(AddressRow::quarantined)
                        .thenComparing(AddressRow::claiming)
                        .thenComparingLong(AddressRow::id))
                .toList();
    }

    /** Rows of humans that name this node. */
    public Stream<AddressRow> ofHumans(String node) {
        needsAll |= !whole;
        return rows.ofHumans(node).stream();
    }

    /** Rows of this DNS name that bind other guests now. One guest's own NICs have different names by themselves. */
    public Stream<AddressRow> ofOthersNamed(GuestId guest, String name) {
        return others(guest, rows.named(name));
    }

    /** Rows that bind other guests now and whose mapping has this name. */
    public Stream<AddressRow> ofOthersMapped(GuestId guest, String name) {
        return others(guest, rows.mapped(name));
    }

    private Stream<AddressRow> others(GuestId guest, List<AddressRow> found) {
        needsAll |= !whole;
        return found.stream()
                .filter(row -> !row.quarantined()
                        && row.nic().filter(nic -> !nic.guest().equals(guest)).isPresent());
    }

    /** The row at an address, Berth's or not. */
    public Optional<AddressRow> at(IpAddress address) {
        Optional<AddressRow> row = rows.at(address);
        needsAll |= row.isEmpty() && !whole;
        return row;
    }

    /** Notes that this plan gives the address to the NIC. */
    public void give(IpAddress address, NicId nic) {
        given.put(address, nic);
    }

    /** Whether this plan gives the address to a NIC already. */
    public boolean isGiven(IpAddress address) {
        return given.containsKey(address);
    }

    /** The first address of a span that has no row. */
    public Optional<IpAddress> withoutRow(AddressRange span) {
        needsAll |= !whole;
        return rows.withoutRow(span);
    }

    /** Whether this plan gives the NIC an address already. */
    public boolean isGiven(NicId nic) {
        return given.containsValue(nic);
    }

    /** Whether a Berth row holds the address. */
    public boolean ours(IpAddress address) {
        return at(address).filter(AddressRow::ours).isPresent();
    }

    /** Whether a Berth row notes the MAC, also one in quarantine. */
    public boolean notes(MacAddress mac) {
        boolean noted = !rows.withMac(mac).isEmpty();
        needsAll |= !noted && !whole;
        return noted;
    }

    /** Whether a mapping is Berth's: its address is a Berth row's, or two of its three parts are a live Berth row's. */
    public boolean ours(Mapping mapping) {
        return mapping.address().filter(this::ours).isPresent()
                || owner(mapping).isPresent();
    }

    /** The live Berth row that has two of the mapping's address, MAC and name. */
    public Optional<AddressRow> owner(Mapping mapping) {
        Optional<AddressRow> owner = candidates(mapping).findFirst();
        needsAll |= owner.isEmpty() && !whole;
        return owner;
    }

    private Stream<AddressRow> candidates(Mapping mapping) {
        return Stream.of(
                        mapping.address().stream().flatMap(address -> rows.at(address).stream()),
                        mapping.mac().stream().flatMap(mac -> rows.withMac(mac).stream()),
                        rows.mapped(mapping.name()).stream())
                .flatMap(each -> each)
                .filter(row -> !row.quarantined() && Ownership.twoOfThree(mapping, row));
    }

    /** Whether a mapping is another Berth row's: by its address, or a live one's by two of its three parts. */
    public boolean ofOther(Mapping mapping, AddressRow row) {
        boolean atOther =
                mapping.address().flatMap(this::at).filter(AddressRow::ours).isPresent();
        if (atOther || candidates(mapping).anyMatch(other -> other.id() != row.id())) {
            return true;
        }
        needsAll |= !whole;
        return false;
    }

    /** Whether a record is Berth's: its name is a live Berth row's, or a row still has to remove it. */
    public boolean ours(DnsRecord record) {
        if (record.kind() != DnsRecord.Kind.HOST_MAPPING) {
            return false;
        }
        if (rows.named(record.name()).stream().anyMatch(row -> !row.quarantined())) {
            return true;
        }
        needsAll |= !whole;
        return record.ipv4().anyMatch(address -> isNameAt(record, address));
    }

    /** The record's addresses that are a Berth row's which has or had its name. */
    public Stream<IpAddress> ownAddresses(DnsRecord record) {
        return record.ipv4().filter(address -> at(address)
                .filter(row -> row.ours() && Ownership.names(row).anyMatch(record::named))
                .isPresent());
    }

    private boolean isNameAt(DnsRecord record, IpAddress address) {
        return at(address).filter(row -> Ownership.isNameOf(record, row)).isPresent();
    }
}
