package net.berth.engine;

import java.util.List;
import java.util.Optional;
import net.berth.model.GuestId;
import net.berth.model.HostRow;
import net.berth.model.HumanRow;
import net.berth.model.IpAddress;
import net.berth.model.NewRow;
import net.berth.model.Prefix;
import net.berth.model.RowEdit;

/** An {@link Ipam} whose calls are watched. */
record WatchedIpam(Ipam target, PeerWatch watch) implements Ipam {
    @Override
    public List<HostRow> rowsOf(GuestId guest) {
        return watch.call(Peer.NIPAP, "rowsOf", () -> target.rowsOf(guest));
    }

    @Override
    public List<HostRow> rowsIn(Prefix prefix) {
        return watch.call(Peer.NIPAP, "rowsIn", () -> target.rowsIn(prefix));
    }

    @Override
    public Optional<HostRow> rowAt(IpAddress address) {
        return watch.call(Peer.NIPAP, "rowAt", () -> target.rowAt(address));
    }

    @Override
    public Claim claim(NewRow row) {
        return watch.call(Peer.NIPAP, "claim", () -> target.claim(row));
    }

    @Override
    public boolean writeDown(HumanRow row) {
        return watch.call(Peer.NIPAP, "writeDown", () -> target.writeDown(row));
    }

    @Override
    public Optional<HostRow> edit(HostRow seen, RowEdit edit) {
        return watch.call(Peer.NIPAP, "edit", () -> target.edit(seen, edit));
    }

    @Override
    public boolean remove(HostRow seen) {
        return watch.call(Peer.NIPAP, "remove", () -> target.remove(seen));
    }

    @Override
    public void check(Prefix prefix) {
        watch.call(Peer.NIPAP, "check", () -> {
            target.check(prefix);
            return "";
        });
    }
}
