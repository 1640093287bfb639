package net.berth.engine;

import net.berth.engine.port.Ipam;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.berth.model.GuestId;
import net.berth.model.HostRow;
import net.berth.model.HumanRow;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.NewRow;
import net.berth.model.NicId;
import net.berth.model.Prefix;
import net.berth.model.RowEdit;
import net.berth.model.RowStatus;

/** NIPAP in memory: the address is unique, edits and removals are conditional. */
final class FakeIpam implements Ipam {
    final List<HostRow> rows = new ArrayList<>();
    int adds;
    int edits;
    int removes;
    boolean down;
    /** Told of each question for a guest's rows, and may hold its answer back. */
    volatile Consumer<GuestId> asked = guest -> {};

    private long nextId = 1;

    synchronized HostRow human(String address, String node) {
        HostRow row = new HostRow(
                nextId++,
                IpAddress.parse(address),
                "nipap",
                "",
                node,
                "by hand",
                RowStatus.ASSIGNED,
                List.of(),
                Map.of());
        rows.add(row);
        return row;
    }

    /** A row that Berth made before. */
    synchronized void claimed(GuestId guest, String address) {
        NicId nic = new NicId(guest, 0);
        rows.add(new HostRow(
                nextId++,
                IpAddress.parse(address),
                HostRow.SOURCE,
                nic.externalKey(),
                "",
                "",
                RowStatus.RESERVED,
                List.of("berth"),
                Map.of()));
    }

    synchronized Optional<HostRow> of(NicId nic) {
        return rows.stream().filter(row -> row.binds(nic)).findFirst();
    }

    private void answer() {
        if (down) {
            throw new PeerException(Peer.NIPAP, PeerException.Kind.DOWN, "NIPAP does not answer");
        }
    }

    @Override
    public List<HostRow> rowsOf(Set<GuestId> guests) {
        guests.forEach(asked);
        return found(guests);
    }

    private synchronized List<HostRow> found(Set<GuestId> guests) {
        answer();
        return rows.stream()
                .filter(row ->
                        row.nic().map(NicId::guest).filter(guests::contains).isPresent())
                .toList();
    }

    @Override
    public synchronized List<HostRow> rowsIn(Prefix prefix) {
        answer();
        return rows.stream().filter(row -> prefix.contains(row.address())).toList();
    }

    @Override
    public synchronized Optional<HostRow> rowAt(IpAddress address) {
        answer();
        return rows.stream().filter(row -> row.address().equals(address)).findFirst();
    }

    @Override
    public synchronized List<Claim> claim(List<NewRow> wanted) {
        answer();
        return wanted.stream().map(this::claimed).toList();
    }

    private Claim claimed(NewRow row) {
        Optional<HostRow> had = of(row.nic()).filter(found -> !found.quarantined());
        if (had.isPresent()) {
            return new Claim.Had(had.get());
        }
        if (rows.stream().anyMatch(other -> other.address().equals(row.address()))) {
            return new Claim.Taken(row.address());
        }
        adds++;
        HostRow made = new HostRow(
                nextId++,
                row.address(),
                HostRow.SOURCE,
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
        rows.add(new HostRow(
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
    public synchronized Optional<HostRow> edit(HostRow seen, RowEdit edit) {
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
        HostRow after = new HostRow(
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
    public synchronized boolean remove(HostRow seen) {
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
