package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.berth.engine.FakeIpam;
import net.berth.engine.port.Ipam;
import net.berth.inmemory.NipapTable;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;
import net.berth.model.row.NewRow;
import net.berth.model.row.RowEdit;
import net.berth.model.row.RowStatus;

/** NIPAP's rows in memory. What the real one would refuse or what must never be asked of it fails the test. */
public final class Ledger {
    private final FakeIpam ipam = new FakeIpam();

    public List<AddressRow> rows() {
        return List.copyOf(ipam.rows);
    }

    List<AddressRow> rowsOf(GuestId guest) {
        return ipam.rowsOf(guest);
    }

    AddressRow live(GuestId guest, int index) {
        List<AddressRow> found = rows().stream()
                .filter(row -> row.binds(new NicId(guest, index)) && !row.quarantined())
                .toList();
        assertThat(found).as("live rows of net%d of %s", index, guest).hasSize(1);
        return found.getFirst();
    }

    public AddressRow at(String address) {
        return ipam.rowAt(IpAddress.parse(address)).orElseThrow();
    }

    public AddressRow add(String address, String source, String key, String node, String description) {
        Map<String, String> avps = Map.of("rack", "7");
        return ipam.insert(source, address, key, node, description, RowStatus.ASSIGNED, List.of(), avps);
    }

    public AddressRow add(AddressRow row) {
        return ipam.insert(row);
    }

    void claim(NewRow row) {
        assertThat(ipam.claim(row))
                .as("a claim is for a NIC that has no row, and for a free address")
                .isInstanceOf(Ipam.Claim.Made.class);
    }

    public void edit(AddressRow seen, RowEdit edit, boolean editedBefore) {
        AddressRow now = at(seen.address().toString());
        assertThat(now.id()).isEqualTo(seen.id());
        if (!editedBefore) {
            assertThat(now).as("an edit is for the row as it was read").isEqualTo(seen);
        }
        assertThat(ipam.edit(now, edit)).as("%s after %s", now, edit).isPresent();
    }

    /** A human tags a row for a guest. */
    public AddressRow tag(AddressRow row) {
        return put(NipapTable.with(row, row.node(), row.status(), List.of(NipapTable.TAG), row.avps()));
    }

    /** A person or another program writes an extra attribute. */
    public void note(String address, String avp, String value) {
        AddressRow now = at(address);
        Map<String, String> avps = new HashMap<>(now.avps());
        avps.put(avp, value);
        put(NipapTable.with(now, now.node(), now.status(), now.tags(), avps));
    }

    /** Writes another row in the place of one with its address. */
    AddressRow put(AddressRow row) {
        assertThat(at(row.address().toString()).id()).isEqualTo(row.id());
        ipam.put(row);
        return row;
    }

    /** A person deletes a row. */
    public void delete(AddressRow row) {
        assertThat(ipam.rows.remove(row)).as("%s is there to be deleted", row).isTrue();
    }

    void free(AddressRow row) {
        assertThat(ipam.rowAt(row.address())).as("the row to be freed").contains(row);
        assertThat(ipam.remove(row)).as("%s is gone", row).isTrue();
    }
}
