package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;
import net.berth.model.row.NewRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowEdit;
import net.berth.model.row.RowStatus;

/** NIPAP's rows in memory. What the real one would refuse or what must never be asked of it fails the test. */
public final class Ledger {
    private final List<AddressRow> rows = new ArrayList<>();
    private long lastId;

    public List<AddressRow> rows() {
        return List.copyOf(rows);
    }

    List<AddressRow> rowsOf(GuestId guest) {
        return rows.stream()
                .filter(row ->
                        row.nic().filter(nic -> nic.guest().equals(guest)).isPresent())
                .toList();
    }

    AddressRow live(GuestId guest, int index) {
        List<AddressRow> found = rows.stream()
                .filter(row -> row.binds(new NicId(guest, index)) && !row.quarantined())
                .toList();
        assertThat(found).as("live rows of net%d of %s", index, guest).hasSize(1);
        return found.getFirst();
    }

    public AddressRow at(String address) {
        return rows.stream()
                .filter(row -> row.address().toString().equals(address))
                .findFirst()
                .orElseThrow();
    }

    public AddressRow add(String address, String source, String key, String node, String description) {
        return add(new AddressRow(
                ++lastId,
                IpAddress.parse(address),
                source,
                key,
                node,
                description,
                RowStatus.ASSIGNED,
                List.of(),
                Map.of("rack", "7")));
    }

    public AddressRow add(AddressRow row) {
        assertThat(rows).as("NIPAP keeps addresses unique").noneMatch(other -> other.address()
                .equals(row.address()));
        rows.add(row);
        return row;
    }

    void claim(NewRow row) {
        assertThat(rows)
                .as("a claim for a NIC that has a row gets that row")
                .noneMatch(other -> other.binds(row.nic()) && !other.quarantined());
        add(new AddressRow(
                ++lastId,
                row.address(),
                AddressRow.SOURCE,
                row.nic().externalKey(),
                row.node(),
                row.description(),
                row.status(),
                List.of("berth"),
                row.avps()));
    }

    public void edit(AddressRow seen, RowEdit edit, boolean editedBefore) {
        AddressRow now = at(seen.address().toString());
        assertThat(now.id()).isEqualTo(seen.id());
        if (!editedBefore) {
            assertThat(now).as("an edit is for the row as it was read").isEqualTo(seen);
        }
        Map<String, String> avps = new HashMap<>(now.avps());
        edit.avps().forEach((name, value) -> {
            if (value.isEmpty()) {
                avps.remove(name);
            } else {
                avps.put(name, value);
            }
        });
        replace(
                now,
                new AddressRow(
                        now.id(),
                        now.address(),
                        edit.field("authoritative_source").orElse(now.source()),
                        edit.field("external_key").orElse(now.externalKey()),
                        edit.field("node").orElse(now.node()),
                        edit.field("description").orElse(now.description()),
                        edit.field("status").map(RowStatus::of).orElse(now.status()),
                        tags(now, edit),
                        avps));
    }

    /** The tag follows the source, as NIPAP's adapter writes it. */
    private static List<String> tags(AddressRow now, RowEdit edit) {
        List<String> tags = new ArrayList<>(now.tags());
        edit.field("authoritative_source").ifPresent(source -> {
            tags.remove("berth");
            if (source.equals(AddressRow.SOURCE) || now.avps().containsKey(RowAttributes.BEFORE_TAG)) {
                tags.add("berth");
            }
        });
        return tags;
    }

    /** A human tags a row for a guest. */
    public AddressRow tag(AddressRow row) {
        AddressRow tagged = new AddressRow(
                row.id(),
                row.address(),
                row.source(),
                row.externalKey(),
                row.node(),
                row.description(),
                row.status(),
                List.of("berth"),
                row.avps());
        replace(row, tagged);
        return tagged;
    }

    /** A person or another program writes an extra attribute. */
    public void note(String address, String avp, String value) {
        AddressRow now = at(address);
        Map<String, String> avps = new HashMap<>(now.avps());
        avps.put(avp, value);
        replace(
                now,
                new AddressRow(
                        now.id(),
                        now.address(),
                        now.source(),
                        now.externalKey(),
                        now.node(),
                        now.description(),
                        now.status(),
                        now.tags(),
                        avps));
    }

    void replace(AddressRow old, AddressRow row) {
        rows.set(rows.indexOf(old), row);
    }

    public void free(AddressRow row) {
        assertThat(rows.remove(row)).as("%s is there to be freed", row).isTrue();
    }
}
