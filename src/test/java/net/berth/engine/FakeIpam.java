package net.berth.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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

/** NIPAP in memory: the address is unique, edits and removals are conditional. */
public final class FakeIpam implements Ipam {
    public final List<AddressRow> rows = new ArrayList<>();
    public int adds;
    public int edits;
    public int removes;
    public boolean down;
    /** Told of each question for a guest's rows, and may hold its answer back. */
    public volatile Consumer<GuestId> asked = guest -> {};
    /** Called when a network's rows are asked for, by whoever asks for them. */
    public volatile Runnable onList = () -> {};

    private long nextId = 1;

    public synchronized AddressRow human(String address, String node, String... tags) {
        AddressRow row = new AddressRow(
                nextId++,
                IpAddress.parse(address),
                "nipap",
                "",
                node,
                "by hand",
                RowStatus.ASSIGNED,
                List.of(tags),
                Map.of());
        rows.add(row);
        return row;
    }

    /** A row that Berth made before. */
    public synchronized void claimed(GuestId guest, String address) {
        NicId nic = new NicId(guest, 0);
        rows.add(new AddressRow(
                nextId++,
                IpAddress.parse(address),
                AddressRow.SOURCE,
                nic.externalKey(),
                "",
                "",
                RowStatus.RESERVED,
                List.of("berth"),
                Map.of()));
    }

    public synchronized Optional<AddressRow> of(NicId nic) {
        return rows.stream().filter(row -> row.binds(nic)).findFirst();
    }

    private void answer() {
        if (down) {
            throw new PeerException(Peer.NIPAP, PeerException.Kind.DOWN, "NIPAP does not answer");
        }
    }

    @Override
    public List<AddressRow> rowsOf(Set<GuestId> guests) {
        guests.forEach(asked);
        return found(guests);
    }

    private synchronized List<AddressRow> found(Set<GuestId> guests) {
        answer();
        return rows.stream()
                .filter(row ->
                        row.nic().map(NicId::guest).filter(guests::contains).isPresent())
                .toList();
    }

    @Override
    public List<AddressRow> rowsIn(Prefix prefix) {
        onList.run();
        return inside(prefix);
    }

    private synchronized List<AddressRow> inside(Prefix prefix) {
        answer();
        return rows.stream().filter(row -> prefix.contains(row.address())).toList();
    }

    @Override
    public synchronized Optional<AddressRow> rowAt(IpAddress address) {
        answer();
        return rows.stream().filter(row -> row.address().equals(address)).findFirst();
    }

    @Override
    public synchronized List<Claim> claim(List<NewRow> wanted) {
        answer();
        return wanted.stream().map(this::claimed).toList();
    }

    private Claim claimed(NewRow row) {
        Optional<AddressRow> had = of(row.nic()).filter(found -> !found.quarantined());
        if (had.isPresent()) {
            return new Claim.Had(had.get());
        }
        if (rows.stream().anyMatch(other -> other.address().equals(row.address()))) {
            return new Claim.Taken(row.address());
        }
        adds++;
        AddressRow made = new AddressRow(
                nextId++,
                row.address(),
                AddressRow.SOURCE,
                row.nic().externalKey(),
                row.node(),
                row.description(),
                row.status(),
                List.of("berth"),
                row.avps());
        rows.add(made);
        return new Claim.Made(made);
    }

    @Override
    public synchronized boolean writeDown(HumanRow row) {
        answer();
        if (rowAt(row.address()).isPresent()) {
            return false;
        }
        rows.add(new AddressRow(
                nextId++,
                row.address(),
                HumanRow.SOURCE,
                "",
                "",
                row.description(),
                RowStatus.ASSIGNED,
                List.of(),
                Map.of()));
        return true;
    }

    @Override
    public synchronized Optional<AddressRow> edit(AddressRow seen, RowEdit edit) {
        answer();
        int at = rows.indexOf(seen);
        if (at < 0) {
            return Optional.empty();
        }
        edits++;
        Map<String, String> avps = new HashMap<>(seen.avps());
        edit.avps().forEach((name, value) -> {
            if (value.isEmpty()) {
                avps.remove(name);
            } else {
                avps.put(name, value);
            }
        });
        AddressRow after = new AddressRow(
                seen.id(),
                seen.address(),
                edit.field("authoritative_source").orElse(seen.source()),
                edit.field("external_key").orElse(seen.externalKey()),
                edit.field("node").orElse(seen.node()),
                edit.field("description").orElse(seen.description()),
                edit.field("status").map(RowStatus::of).orElse(seen.status()),
                seen.tags(),
                avps);
        rows.set(at, after);
        return Optional.of(after);
    }

    @Override
    public synchronized boolean remove(AddressRow seen) {
        answer();
        removes++;
        rows.remove(seen);
        return true;
    }

    @Override
    public synchronized Optional<List<Prefix>> pool(String name) {
        answer();
        return Optional.empty();
    }

    @Override
    public void check(Network network) {
        answer();
    }
}
