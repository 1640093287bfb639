package net.berth.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.inmemory.RouterConfig;
import net.berth.inmemory.RouterEdits;
import net.berth.model.IpAddress;
import net.berth.model.router.ConfigAddress;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;
import net.berth.plan.Nets;

/** A router in memory, with what a test may do to it. */
public final class FakeRouter extends RouterConfig implements Router {
    /** The sizes of the batches, empty ones left out. */
    public final List<Integer> batches = new ArrayList<>();

    public int reads;
    public boolean down;
    /** The next changes are made, but the answer does not come. */
    public boolean answerLost;

    /** Why all changes are refused; empty when they are not. */
    public String refuse = "";

    public volatile CountDownLatch hold = new CountDownLatch(0);
    /** Called by the reading thread before the router is read. */
    public volatile Runnable onRead = () -> {};

    public volatile Runnable onApply = () -> {};

    /** In ISC mode. */
    public FakeRouter() {
        this(false);
    }

    /** With dnsmasq, which makes names of mappings, or with ISC dhcpd, which does not. */
    public FakeRouter(boolean dnsmasq) {
        super(Nets.subnets(dnsmasq));
    }

    private void answer() {
        if (down) {
            throw new PeerException(Peer.ROUTER, PeerException.Kind.DOWN, "the router does not answer");
        }
    }

    @Override
    public RouterView read() {
        onRead.run();
        synchronized (this) {
            answer();
            reads++;
            return view();
        }
    }

    /** Waits for a test. */
    public static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Applied apply(Batch batch) {
        onApply.run();
        await(hold);
        synchronized (this) {
            answer();
            List<RouterChange> changes = batch.changes(view());
            if (changes.isEmpty()) {
                return new Applied(changes, List.of(), view(), 0);
            }
            batches.add(changes.size());
            RouterEdits edits = new RouterEdits(view(), changes);
            if (!refuse.isEmpty()) {
                return new Applied(changes, edits.outcomes(change -> new Outcome.Refused(refuse)), view(), 0);
            }
            commit(edits.edits());
            if (answerLost) {
                answerLost = false;
                throw new PeerException(Peer.ROUTER, PeerException.Kind.DOWN, "the connection ended");
            }
            return new Applied(
                    changes, edits.outcomes(view()), view(), edits.edits().isEmpty() ? 0 : 1);
        }
    }

    /** Gives all shared-networks another name, as an admin may. */
    public void sharedNetworks(String name) {
        subnets = subnets.stream()
                .map(subnet -> new DhcpSubnet(name, subnet.prefix(), subnet.mappingDomain(), subnet.ranges()))
                .toList();
    }

    /** Gives all subnets one domain, in which dnsmasq makes names of mappings. */
    public void makesNamesIn(String domain) {
        subnets = subnets.stream()
                .map(subnet -> new DhcpSubnet(subnet.sharedNetwork(), subnet.prefix(), domain, subnet.ranges()))
                .toList();
    }

    public Mapping addMapping(String name, String address, String mac) {
        boolean iot = address.startsWith("192.168.30.");
        Mapping mapping =
                new Mapping(iot ? "IOT" : "LAN", iot ? "192.168.30.0/24" : "192.168.1.0/24", name, address, mac, false);
        mappings.add(mapping);
        return mapping;
    }

    /** An address in another line of the config. */
    public void addAddress(String address, String line, ConfigAddress.Use use) {
        addresses.add(new ConfigAddress(IpAddress.parse(address), line, use));
    }

    public DnsRecord addRecord(DnsRecord record) {
        records.add(record);
        return record;
    }

    /** The IPv4 addresses that the router's DNS gives for a name. */
    public List<String> resolve(String fqdn) {
        Stream<String> ofRecords = records.stream()
                .filter(record -> record.answersTo(fqdn))
                .flatMap(DnsRecord::ipv4)
                .map(IpAddress::toString);
        Stream<String> ofMappings = mappings.stream()
                .filter(mapping -> !mapping.disabled()
                        && madeName(subnets, mapping).filter(fqdn::equals).isPresent())
                .map(Mapping::addressText);
        return Stream.concat(ofRecords, ofMappings).distinct().toList();
    }
}
