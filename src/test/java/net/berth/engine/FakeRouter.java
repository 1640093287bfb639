package net.berth.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.model.AddressRange;
import net.berth.model.Prefix;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Lease;
import net.berth.model.router.Mapping;
import net.berth.model.router.Neighbour;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;

/** A router in memory, ISC mode. */
public final class FakeRouter implements Router {
    public static final DhcpSubnet LAN = new DhcpSubnet(
            "LAN", Prefix.parse("192.168.1.0/24"), "", List.of(AddressRange.parse("192.168.1.200-192.168.1.250")));

    public List<DhcpSubnet> subnets = List.of(LAN);
    public final List<Mapping> mappings = new ArrayList<>();
    public final List<DnsRecord> records = new ArrayList<>();
    public final List<Lease> leases = new ArrayList<>();
    public final List<Neighbour> neighbours = new ArrayList<>();
    public final List<Integer> batches = new ArrayList<>();
    public int reads;
    public boolean down;
    /** The next changes are made, but the answer does not come. */
    public boolean answerLost;

    public String refuse = "";
    public volatile CountDownLatch hold = new CountDownLatch(0);

    private void answer() {
        if (down) {
            throw new PeerException(Peer.ROUTER, PeerException.Kind.DOWN, "the router does not answer");
        }
    }

    @Override
    public synchronized RouterView read() {
        answer();
        reads++;
        return view();
    }

    private RouterView view() {
        return new RouterView(subnets, mappings, records, List.of(), List.of(), leases, neighbours);
    }

    @Override
    public Applied apply(Batch batch) {
        try {
            hold.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            answer();
            List<RouterChange> changes = batch.changes(view());
            if (changes.isEmpty()) {
                return new Applied(changes, List.of(), view(), 0);
            }
            batches.add(changes.size());
            if (!refuse.isEmpty()) {
                return new Applied(
                        changes,
                        changes.stream()
                                .<Outcome>map(change -> new Outcome.Refused(refuse))
                                .toList(),
                        view(),
                        0);
            }
            changes.forEach(this::apply);
            if (answerLost) {
                answerLost = false;
                throw new PeerException(Peer.ROUTER, PeerException.Kind.DOWN, "the connection ended");
            }
            return new Applied(
                    changes,
                    changes.stream().<Outcome>map(change -> new Outcome.Done()).toList(),
                    view(),
                    1);
        }
    }

    private void apply(RouterChange change) {
        switch (change) {
            case RouterChange.PutMapping put -> {
                mappings.removeAll(put.replaces());
                mappings.remove(put.wanted());
                mappings.add(put.wanted());
            }
            case RouterChange.RemoveMapping remove -> mappings.remove(remove.old());
            case RouterChange.PutRecord put -> {
                records.removeAll(put.replaces());
                records.remove(put.wanted());
                records.add(put.wanted());
            }
            case RouterChange.RemoveRecord remove -> records.remove(remove.old());
        }
    }
}
