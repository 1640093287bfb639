package net.berth.engine;

import java.util.List;
import java.util.Optional;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.Peer;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;
import net.berth.model.row.HumanRow;
import net.berth.model.row.NewRow;
import net.berth.model.row.RowEdit;

/** An {@link Ipam} whose calls are watched. */
record WatchedIpam(Ipam target, PeerWatch watch) implements Ipam {
    private static final String READING = "reading";
    private static final String WRITING = "writing";

    @Override
    public List<AddressRow> rowsOf(GuestId guest) {
        return watch.call(Peer.NIPAP, "rowsOf", READING, () -> target.rowsOf(guest));
    }

    @Override
    public List<AddressRow> rowsIn(Prefix prefix) {
        return watch.call(Peer.NIPAP, "rowsIn", READING, () -> target.rowsIn(prefix));
    }

    @Override
    public Optional<AddressRow> rowAt(IpAddress address) {
        return watch.call(Peer.NIPAP, "rowAt", READING, () -> target.rowAt(address));
    }

    @Override
    public Claim claim(NewRow row) {
        return watch.call(Peer.NIPAP, "claim", WRITING, () -> target.claim(row));
    }

    @Override
    public boolean writeDown(HumanRow row) {
        return watch.call(Peer.NIPAP, "writeDown", WRITING, () -> target.writeDown(row));
    }

    @Override
    public Optional<AddressRow> edit(AddressRow seen, RowEdit edit) {
        return watch.call(Peer.NIPAP, "edit", WRITING, () -> target.edit(seen, edit));
    }

    @Override
    public boolean remove(AddressRow seen) {
        return watch.call(Peer.NIPAP, "remove", WRITING, () -> target.remove(seen));
    }

    @Override
    public Optional<List<Prefix>> pool(String name) {
        return watch.call(Peer.NIPAP, "pool", READING, () -> target.pool(name));
    }

    @Override
    public void check(Network network) {
        watch.call(Peer.NIPAP, "check", "check of " + network.name(), () -> {
            target.check(network);
            return "";
        });
    }
}
