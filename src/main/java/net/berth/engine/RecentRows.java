package net.berth.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import net.berth.model.GuestId;
import net.berth.model.HostRow;
import net.berth.model.HumanRow;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.NewRow;
import net.berth.model.Prefix;
import net.berth.model.RowEdit;

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
    private final Recent<Prefix, Map<IpAddress, HostRow>> lists;
    private final Recent<String, Optional<List<Prefix>>> pools;

    RecentRows(Ipam target, RowsMemory memory, Clock clock) {
        this.target = target;
        this.memory = memory;
        this.lists = new Recent<>(AGE, clock);
        this.pools = new Recent<>(AGE, clock);
    }

    /** The rows in a prefix as they were a moment ago. */
    List<HostRow> recentlyIn(Prefix prefix) {
        Map<IpAddress, HostRow> rows = lists.get(prefix, () -> byAddress(target.rowsIn(prefix)));
        return List.copyOf(rows.values());
    }

    private static Map<IpAddress, HostRow> byAddress(List<HostRow> rows) {
        Map<IpAddress, HostRow> map = new ConcurrentHashMap<>(rows.size() * 2);
        rows.forEach(row -> map.put(row.address(), row));
        return map;
    }

    @Override
    public List<HostRow> rowsIn(Prefix prefix) {
        lists.forget(prefix);
        return recentlyIn(prefix);
    }

    @Override
    public List<HostRow> rowsOf(Set<GuestId> guests) {
        List<HostRow> rows = target.rowsOf(guests);
        for (GuestId guest : guests) {
            memory.remember(
                    guest,
                    rows.stream()
                            .filter(row -> row.nic()
                                    .filter(nic -> nic.guest().equals(guest))
                                    .isPresent())
                            .toList());
        }
        return rows;
    }

    @Override
    public Optional<HostRow> rowAt(IpAddress address) {
        Optional<HostRow> row = target.rowAt(address);
        note(address, row);
        return row;
    }

    @Override
    public List<Claim> claim(List<NewRow> rows) {
        List<Claim> claims = orForget(() -> target.claim(rows));
        for (Claim claim : claims) {
            switch (claim) {
                case Claim.Made made -> wrote(made.row());
                case Claim.Had had -> wrote(had.row());
                case Claim.Taken taken -> rowAt(taken.address());
                case Claim.Failed failed -> lists.forgetAll();
            }
        }
        return claims;
    }

    @Override
    public boolean writeDown(HumanRow row) {
        boolean made = orForget(() -> target.writeDown(row));
        lists.forgetAll();
        return made;
    }

    @Override
    public Optional<HostRow> edit(HostRow seen, RowEdit edit) {
        Optional<HostRow> after = orForget(() -> target.edit(seen, edit));
        after.ifPresentOrElse(this::wrote, () -> rowAt(seen.address()));
        return after;
    }

    @Override
    public boolean remove(HostRow seen) {
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

    private void wrote(HostRow row) {
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
    private void note(IpAddress address, Optional<HostRow> row) {
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
