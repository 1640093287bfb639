package net.berth.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.inmemory.NipapTable;
import net.berth.inmemory.TableIpam;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.NicId;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.model.row.NewRow;
import net.berth.model.row.RowEdit;
import net.berth.model.row.RowStatus;

/** NIPAP in memory, with what a test may do to it. */
public final class FakeIpam extends TableIpam {
    /** All rows, by address. */
    public final SequencedCollection<AddressRow> rows = table.rows.sequencedValues();

    /** How many rows were claimed, changed, and asked to go. */
    public int adds;

    public int edits;
    public int removes;
    public boolean down;
    /** Told of each question for a guest's rows, and may hold its answer back. */
    public volatile Consumer<GuestId> asked = guest -> {};
    /** Called when a network's rows are asked for, by whoever asks for them. */
    public volatile Runnable onList = () -> {};

    public FakeIpam() {
        super(new NipapTable());
    }

    /** A person's row. */
    public AddressRow human(String address, String node, String... tags) {
        return insert("nipap", address, "", node, "by hand", RowStatus.ASSIGNED, List.of(tags), Map.of());
    }

    /** A row that Berth made before. */
    public void claimed(GuestId guest, String address) {
        String key = new NicId(guest, 0).externalKey();
        insert(AddressRow.SOURCE, address, key, "", "", RowStatus.RESERVED, List.of(NipapTable.TAG), Map.of());
    }

    /** Makes a row with the next number. */
    public AddressRow insert(
            String source,
            String address,
            String key,
            String node,
            String text,
            RowStatus status,
            List<String> tags,
            Map<String, String> avps) {
        IpAddress parsed = IpAddress.parse(address);
        return insert(new AddressRow(table.draw(), parsed, source, key, node, text, status, tags, avps));
    }

    /** Makes a row of an address that has none. */
    public synchronized AddressRow insert(AddressRow row) {
        if (!table.insert(row)) {
            throw new IllegalStateException("NIPAP keeps addresses unique: " + row);
        }
        return row;
    }

    /** Writes a row, whatever its address had. */
    public void put(AddressRow row) {
        table.rows.put(row.address(), row);
    }

    public Optional<AddressRow> of(NicId nic) {
        return rows.stream().filter(row -> row.binds(nic)).findFirst();
    }

    @Override
    protected synchronized <T> T call(String what, Supplier<T> statement) {
        if (down) {
            throw new PeerException(Peer.NIPAP, PeerException.Kind.DOWN, "NIPAP does not answer");
        }
        return statement.get();
    }

    @Override
    public List<AddressRow> rowsOf(Set<GuestId> guests) {
        guests.forEach(asked);
        return super.rowsOf(guests);
    }

    @Override
    public List<AddressRow> rowsIn(Prefix prefix) {
        onList.run();
        return super.rowsIn(prefix);
    }

    @Override
    public List<Claim> claim(List<NewRow> wanted) {
        List<Claim> claims = super.claim(wanted);
        count(() -> adds +=
                (int) claims.stream().filter(Claim.Made.class::isInstance).count());
        return claims;
    }

    @Override
    public Optional<AddressRow> edit(AddressRow seen, RowEdit edit) {
        Optional<AddressRow> after = super.edit(seen, edit);
        after.filter(row -> !row.equals(seen)).ifPresent(row -> count(() -> edits++));
        return after;
    }

    @Override
    public boolean remove(AddressRow seen) {
        count(() -> removes++);
        return super.remove(seen);
    }

    private synchronized void count(Runnable one) {
        one.run();
    }
}
