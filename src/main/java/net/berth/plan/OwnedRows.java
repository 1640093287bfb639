package net.berth.plan;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.NicId;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;

/**
 * NIPAP's rows with the question of ownership; remembers when it was asked for more than it was given, and which
 * addresses this plan gives to NICs that have no row yet.
 */
public final class OwnedRows {
    private final RowIndex rows;
    private final Set<IpAddress> given = new HashSet<>();
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

    /** Rows of persons that name this node. */
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

    /** The row at an address, whoever made it. */
    public Optional<AddressRow> at(IpAddress address) {
        Optional<AddressRow> row = rows.at(address);
        needsAll |= row.isEmpty() && !whole;
        return row;
    }

    /** Notes that a NIC of this guest comes to have the address. */
    public void give(IpAddress address) {
        given.add(address);
    }

    /** Whether this plan gives the address to a NIC already. */
    public boolean isGiven(IpAddress address) {
        return given.contains(address);
    }

    /** Whether a Berth row holds the address. */
    public boolean ours(IpAddress address) {
        return at(address).filter(AddressRow::ours).isPresent();
    }

    /** A router entry is Berth's if its address is a Berth row in NIPAP. */
    public boolean ours(Mapping mapping) {
        return mapping.address().filter(this::ours).isPresent();
    }

    /** A name is Berth's if each of its IPv4 addresses is a Berth row, and it stands where Berth writes names. */
    public boolean ours(DnsRecord record) {
        List<IpAddress> addresses = record.addresses().stream()
                .filter(IpAddress::isAddress)
                .map(IpAddress::parse)
                .toList();
        return record.kind() == DnsRecord.Kind.HOST_MAPPING
                && !addresses.isEmpty()
                && addresses.stream().allMatch(this::ours);
    }
}
