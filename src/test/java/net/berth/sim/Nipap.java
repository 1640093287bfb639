package net.berth.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import net.berth.inmemory.NipapTable;
import net.berth.model.IpAddress;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowStatus;

/** NIPAP in a run: its table, which the judge watches, and what people did there. */
final class Nipap extends NipapTable {
    /** People's own tag; Berth lets it stand. */
    static final String BY_HAND = "by-hand";

    private final Map<Long, AddressRow> handMade = new HashMap<>();
    private final Map<IpAddress, Long> touched = new HashMap<>();
    private final Judge judge;
    private final LongSupplier clock;
    private Life served;
    private long freedAt;

    Nipap(Judge judge, LongSupplier clock) {
        this.judge = judge;
        this.clock = clock;
    }

    /** Carries out a statement of a receiver's. */
    <T> T served(Life life, Supplier<T> statement) {
        served = life;
        return statement.get();
    }

    @Override
    public Optional<AddressRow> look(IpAddress address) {
        judge.look(address);
        return at(address);
    }

    @Override
    protected void making(AddressRow row) {
        if (row.ours()) {
            judge.rowMade(row);
        }
    }

    @Override
    protected void editing(AddressRow before, AddressRow after) {
        judge.rowEdited(served, before, after);
    }

    @Override
    protected void removing(AddressRow row) {
        judge.rowRemoved(row);
        freedAt = clock.getAsLong();
    }

    @Override
    protected void changed() {
        judge.rowsChanged();
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

    /** When a person last had to do with an address; never: 0. */
    long touched(IpAddress address) {
        return touched.getOrDefault(address, 0L);
    }

    /** When a person last changed anything; never: 0. */
    long touchedAt() {
        return touched.values().stream().mapToLong(time -> time).max().orElse(0);
    }

    /** A person writes a row of their own. */
    boolean byHand(IpAddress address, String node, String description, String key, List<String> tags, long now) {
        AddressRow row = new AddressRow(
                draw(), address, "nipap", key, node, description, RowStatus.ASSIGNED, tags, Map.of("owner", "alice"));
        if (insert(row)) {
            handMade.put(row.id(), row);
            touched.put(address, now);
            return true;
        }
        return false;
    }

    /** A person deletes a row, whoever made it. */
    void deletedByHand(IpAddress address, long now) {
        Optional.ofNullable(rows.remove(address)).ifPresent(judge::rowWas);
        touched.put(address, now);
    }

    /** A person writes into a row, whoever made it. */
    void editedByHand(AddressRow row, long now) {
        at(row.address()).ifPresent(judge::rowWas);
        rows.put(row.address(), row);
        touched.put(row.address(), now);
    }

    /** A person adds what they like to a row. */
    void notedByHand(IpAddress address, long now) {
        at(address).ifPresent(row -> {
            Map<String, String> avps = new HashMap<>(row.avps());
            avps.put("owner", "bob");
            avps.put("berth-later", "a later version's");
            List<String> tags = new ArrayList<>(row.tags());
            tags.add("seen");
            rows.put(address, with(row, row.node(), row.status(), tags, avps));
            touched.put(address, now);
        });
    }
}
