package net.berth.inmemory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.NicId;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.model.row.HumanRow;
import net.berth.model.row.NewRow;
import net.berth.model.row.RowEdit;
import net.berth.model.row.RowStatus;

/**
 * One receiver's way to NIPAP: finds, then writes, in calls between which others write too; claims in the three steps of
 * the real client (add with a tag, list, remove the tag of a row that is alone).
 */
public abstract class TableIpam implements Ipam {
    private static final int TRIES = 5;
    private static final int LOOKS = 20;

    public final NipapTable table;

    protected TableIpam(NipapTable table) {
        this.table = table;
    }

    /** Sends one statement. */
    protected abstract <T> T call(String what, Supplier<T> statement);

    /** Does something that may be done again after a failure that passes. */
    protected <T> T again(int tries, Supplier<T> work) {
        return work.get();
    }

    /** Writes go one after the other. */
    protected <T> T inLane(Supplier<T> work) {
        return work.get();
    }

    private <T> T reading(Supplier<T> work) {
        return again(3, work);
    }

    private <T> T writing(Supplier<T> work) {
        return inLane(() -> again(TRIES, work));
    }

    @Override
    public List<AddressRow> rowsOf(Set<GuestId> guests) {
        return reading(() -> call("rows of " + new TreeSet<>(guests), () -> table.all().stream()
                .filter(row ->
                        row.nic().map(NicId::guest).filter(guests::contains).isPresent())
                .toList()));
    }

    @Override
    public List<AddressRow> rowsIn(Prefix prefix) {
        return reading(() -> call("rows in " + prefix, () -> table.all().stream()
                .filter(row -> prefix.contains(row.address()))
                .toList()));
    }

    @Override
    public final Optional<AddressRow> rowAt(IpAddress address) {
        return reading(() -> look(address));
    }

    private Optional<AddressRow> look(IpAddress address) {
        return call("row at " + address, () -> table.look(address));
    }

    @Override
    public List<Claim> claim(List<NewRow> rows) {
        List<Claiming> claims = rows.stream().map(Claiming::new).toList();
        boolean[] again = {false};
        again(TRIES, () -> {
            boolean looksFirst = again[0];
            again[0] = true;
            claimOnce(claims, looksFirst);
            return "";
        });
        return claims.stream()
                .map(claim -> claim.outcome)
                .map(Optional::orElseThrow)
                .toList();
    }

    private static final class Claiming {
        private final NewRow row;
        private boolean toBeAdded = true;
        private boolean duplicate;
        private boolean sent;
        private Optional<Claim> outcome = Optional.empty();

        Claiming(NewRow row) {
            this.row = row;
        }
    }

    private static List<Claiming> open(List<Claiming> claims) {
        return claims.stream().filter(claim -> claim.outcome.isEmpty()).toList();
    }

    private void claimOnce(List<Claiming> claims, boolean looksFirst) {
        boolean look = looksFirst;
        for (int round = 0; round < LOOKS && !open(claims).isEmpty(); round++) {
            if (!look) {
                open(claims).stream().filter(claim -> claim.toBeAdded).forEach(this::add);
            }
            look = false;
            List<Claiming> open = open(claims);
            Map<NicId, List<AddressRow>> found = call("rows of " + nics(open), () -> {
                Map<NicId, List<AddressRow>> rows = new HashMap<>();
                open.forEach(claim -> rows.put(claim.row.nic(), table.live(claim.row.nic())));
                return rows;
            });
            open.forEach(claim -> next(claim, found.getOrDefault(claim.row.nic(), List.of())));
        }
        if (!open(claims).isEmpty()) {
            throw new PeerException(
                    Peer.NIPAP, PeerException.Kind.DOWN, "rows of " + nics(open(claims)) + " change all the time");
        }
    }

    private static List<NicId> nics(List<Claiming> claims) {
        return claims.stream().map(claim -> claim.row.nic()).toList();
    }

    private void add(Claiming claim) {
        claim.toBeAdded = false;
        claim.duplicate = !inLane(() -> call("add " + claim.row.address() + " for " + claim.row.nic(), () -> {
            // The answer to it may be lost.
            boolean done = table.add(claim.row);
            claim.sent |= done;
            return done;
        }));
    }

    private void next(Claiming claim, List<AddressRow> found) {
        if (found.isEmpty()) {
            claim.toBeAdded = true;
            claim.outcome = claim.duplicate ? Optional.of(new Claim.Taken(claim.row.address())) : Optional.empty();
            return;
        }
        claim.outcome = inLane(() -> settle(found))
                .map(row -> claim.sent && row.address().equals(claim.row.address())
                        ? new Claim.Made(row)
                        : new Claim.Had(row));
    }

    private Optional<AddressRow> settle(List<AddressRow> found) {
        AddressRow kept =
                found.stream().filter(row -> !row.claiming()).findFirst().orElseGet(found::getFirst);
        for (AddressRow other : found) {
            if (other.id() != kept.id() && other.claiming()) {
                removeOnce(other);
            }
        }
        if (!kept.claiming()) {
            return Optional.of(kept);
        }
        if (found.size() > 1) {
            return Optional.empty();
        }
        List<String> tags = kept.tags().stream()
                .filter(tag -> !tag.equals(AddressRow.CLAIMING))
                .toList();
        AddressRow confirmed = NipapTable.with(kept, kept.node(), kept.status(), tags, kept.avps());
        return call("confirm " + kept.address() + " for " + kept.externalKey(), () -> table.edit(kept, confirmed));
    }

    @Override
    public final boolean writeDown(HumanRow row) {
        return writing(() -> call(
                "write down " + row,
                () -> table.insert(new AddressRow(
                        table.draw(),
                        row.address(),
                        HumanRow.SOURCE,
                        "",
                        "",
                        row.description(),
                        RowStatus.ASSIGNED,
                        List.of(),
                        Map.of()))));
    }

    @Override
    public Optional<AddressRow> edit(AddressRow seen, RowEdit edit) {
        return writing(() -> editOnce(seen, edit));
    }

    private Optional<AddressRow> editOnce(AddressRow seen, RowEdit edit) {
        Optional<AddressRow> found = look(seen.address()).filter(row -> row.id() == seen.id());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        AddressRow row = found.get();
        AddressRow wanted = NipapTable.changed(row, edit);
        if (wanted.equals(row)) {
            return found;
        }
        if (!same(row, seen)) {
            return Optional.empty();
        }
        return call("edit " + row.address() + " " + edit.fields() + edit.avps(), () -> table.edit(row, wanted));
    }

    private static boolean same(AddressRow now, AddressRow seen) {
        return NipapTable.holds(now, seen, seen) && now.claiming() == seen.claiming();
    }

    @Override
    public boolean remove(AddressRow seen) {
        if (!seen.ours() || seen.onLoan()) {
            throw new IllegalArgumentException("Berth did not make it: " + seen);
        }
        return writing(() -> removeOnce(seen));
    }

    private boolean removeOnce(AddressRow seen) {
        Optional<AddressRow> found = look(seen.address());
        if (found.filter(row -> row.id() == seen.id()).isEmpty()) {
            return true;
        }
        if (!same(found.get(), seen)) {
            return false;
        }
        call("remove " + seen.address(), () -> {
            table.remove(found.get());
            return "";
        });
        return look(seen.address()).filter(row -> row.id() == seen.id()).isEmpty();
    }

    @Override
    public final void check(Network network) {
        reading(() -> call("check", () -> ""));
    }

    @Override
    public final Optional<List<Prefix>> pool(String name) {
        return reading(() -> call("pool " + name, () -> Optional.ofNullable(table.pools.get(name))));
    }
}
