package net.berth.engine.status;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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

/** An {@link Ipam} whose calls are counted, timed and noted in the health. */
public record MonitoredIpam(Ipam target, CallMonitor monitor) implements Ipam {
    private static final String READING = "reading";
    private static final String WRITING = "writing";

    @Override
    public List<AddressRow> rowsOf(Set<GuestId> guests) {
        return monitor.call(Peer.NIPAP, "rowsOf", READING, () -> target.rowsOf(guests));
    }

    @Override
    public List<AddressRow> rowsIn(Prefix prefix) {
        return monitor.call(Peer.NIPAP, "rowsIn", READING, () -> target.rowsIn(prefix));
    }

    @Override
    public Optional<AddressRow> rowAt(IpAddress address) {
        return monitor.call(Peer.NIPAP, "rowAt", READING, () -> target.rowAt(address));
    }

    @Override
    public List<Claim> claim(List<NewRow> rows) {
        return monitor.call(Peer.NIPAP, "claim", WRITING, () -> target.claim(rows));
    }

    @Override
    public boolean writeDown(HumanRow row) {
        return monitor.call(Peer.NIPAP, "writeDown", WRITING, () -> target.writeDown(row));
    }

    @Override
    public Optional<AddressRow> edit(AddressRow seen, RowEdit edit) {
        return monitor.call(Peer.NIPAP, "edit", WRITING, () -> target.edit(seen, edit));
    }

    @Override
    public boolean remove(AddressRow seen) {
        return monitor.call(Peer.NIPAP, "remove", WRITING, () -> target.remove(seen));
    }

    @Override
    public Optional<List<Prefix>> pool(String name) {
        return monitor.call(Peer.NIPAP, "pool", READING, () -> target.pool(name));
    }

    @Override
    public void check(Network network) {
        monitor.call(Peer.NIPAP, "check", "check of " + network.name(), () -> {
            target.check(network);
            return "";
        });
    }
}
