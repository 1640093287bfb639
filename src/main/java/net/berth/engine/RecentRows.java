package net.berth.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.PeerException;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.model.row.HumanRow;
import net.berth.model.row.NewRow;
import net.berth.model.row.RowEdit;

/**
 * An {@link Ipam} that keeps each network's list of rows for a moment, with its own writes in it, so that hundreds of new
 * guests at once do not ask for hundreds of lists of thousands of rows. What is stale costs a lost claim, never a double
 * one: NIPAP's index decides.
 */
final class RecentRows implements Ipam {
    /** Short: a person who adds a row for a guest and starts it then is to be heeded. */
    private static final Duration AGE = Duration.ofSeconds(2);

    private final Ipam target;
    private final RowsMemory memory;
    private final Recent<Prefix, Map<IpAddress, AddressRow>> lists;
    private final Recent<String, Optional<List<Prefix>>> pools;

    RecentRows(Ipam target, RowsMemory memory, Clock clock) {
        this.target = target;
        this.memory = memory;
        this.lists = new Recent<>(AGE, clock);
        this.pools = new Recent<>(AGE, clock);
    }

    /** The rows in a prefix as they were a moment ago. */
    List<AddressRow> recentlyIn(Prefix prefix) {
        Map<IpAddress, AddressRow> rows = lists.get(prefix, () -> byAddress(target.rowsIn(prefix)));
        return List.copyOf(rows.values());
    }

    private static Map<IpAddress, AddressRow> byAddress(List<AddressRow> rows) {
        Map<IpAddress, AddressRow> map = new ConcurrentHashMap<>(rows.size() * 2);
        rows.forEach(row -> map.put(row.address(), row));
        return map;
    }

    @Override
    public List<AddressRow> rowsIn(Prefix prefix) {
        lists.forget(prefix);
        return recentlyIn(prefix);
    }

    @Override
    public List<AddressRow> rowsOf(GuestId guest) {
        List<AddressRow> rows = target.rowsOf(guest);
        memory.remember(guest, rows);
        return rows;
    }

    @Override
    public Optional<AddressRow> rowAt(IpAddress address) {
        Optional<AddressRow> row = target.rowAt(address);
        note(address, row);
        return row;
    }

    @Override
    public Claim claim(NewRow row) {
        Claim claim = orForget(() -> target.claim(row));
        switch (claim) {
            case Claim.Made made -> wrote(made.row());
            case Claim.Had had -> wrote(had.row());
            case Claim.Taken taken -> rowAt(taken.address());
        }
        return claim;
    }

    @Override
    public boolean writeDown(HumanRow row) {
        boolean made = orForget(() -> target.writeDown(row));
        lists.forgetAll();
        return made;
    }

    @Override
    public Optional<AddressRow> edit(AddressRow seen, RowEdit edit) {
        Optional<AddressRow> after = orForget(() -> target.edit(seen, edit));
        after.ifPresentOrElse(this::wrote, () -> rowAt(seen.address()));
        return after;
    }

    @Override
    public boolean remove(AddressRow seen) {
        boolean gone = orForget(() -> target.remove(seen));
        if (gone) {
            memory.removed(seen);
            note(seen.address(), Optional.empty());
        } else {
            rowAt(seen.address());
        }
        return gone;
    }

    @Override
    public Optional<List<Prefix>> pool(String name) {
        return pools.get(name, () -> target.pool(name));
    }

    @Override
    public void check(Network network) {
        target.check(network);
    }

    private void wrote(AddressRow row) {
        memory.wrote(row);
        note(row.address(), Optional.of(row));
    }

    /** Nobody knows whether a write was done that failed. */
    private <T> T orForget(Supplier<T> write) {
        try {
            return write.get();
        } catch (PeerException failure) {
            lists.forgetAll();
            throw failure;
        }
    }

    /** A list that is just being read is waited for, so that it does not come to lack what was written meanwhile. */
    private void note(IpAddress address, Optional<AddressRow> row) {
        for (Prefix prefix : lists.keys()) {
            if (prefix.contains(address)) {
                lists.update(prefix, rows -> {
                    row.ifPresentOrElse(found -> rows.put(address, found), () -> rows.remove(address));
                    return rows;
                });
            }
        }
    }
}
