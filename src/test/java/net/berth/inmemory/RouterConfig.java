package net.berth.inmemory;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import net.berth.model.AddressRange;
import net.berth.model.router.ConfigAddress;
import net.berth.model.router.ConfigHost;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Lease;
import net.berth.model.router.Mapping;
import net.berth.model.router.Neighbour;
import net.berth.model.router.Outage;
import net.berth.model.router.RouterView;

/** A router's active config: nodes with a name, which take what they are given. Nothing is checked for doubles. */
public class RouterConfig {
    public final List<Mapping> mappings = new CopyOnWriteArrayList<>();
    public final List<DnsRecord> records = new CopyOnWriteArrayList<>();
    public final List<ConfigHost> hosts = new ArrayList<>();
    public final List<Lease> leases = new ArrayList<>();
    public final List<Neighbour> neighbours = new ArrayList<>();
    public List<DhcpSubnet> subnets;
    public List<AddressRange> pools = List.of();
    public Outage outage = Outage.NONE;
    protected final List<ConfigAddress> addresses = new ArrayList<>();

    protected RouterConfig(List<DhcpSubnet> subnets) {
        this.subnets = List.copyOf(subnets);
    }

    public final RouterView view() {
        return new RouterView(subnets, mappings, records, addresses, hosts, leases, neighbours, pools, outage);
    }

    /** The node of a mapping or a DNS name; two with one node cannot be there. */
    static String node(Object entry) {
        if (entry instanceof Mapping mapping) {
            return "mapping " + mapping.sharedNetwork() + " " + mapping.subnet() + " " + mapping.name();
        }
        return entry instanceof DnsRecord record && record.kind() == DnsRecord.Kind.HOST_MAPPING
                ? "host " + record.name()
                : "option " + entry;
    }

    /** The name that dnsmasq makes of a mapping. */
    public static Optional<String> madeName(List<DhcpSubnet> subnets, Mapping mapping) {
        return subnet(subnets, mapping)
                .map(DhcpSubnet::mappingDomain)
                .filter(domain -> !domain.isEmpty())
                .map(domain -> mapping.name() + "." + domain);
    }

    static Optional<DhcpSubnet> subnet(List<DhcpSubnet> subnets, Mapping mapping) {
        return subnets.stream()
                .filter(subnet -> subnet.sharedNetwork().equals(mapping.sharedNetwork())
                        && subnet.prefix().toString().equals(mapping.subnet()))
                .findFirst();
    }

    /** What is at a node. */
    protected final Optional<Object> at(String node) {
        return Stream.concat(mappings.stream(), records.stream())
                .filter(entry -> node(entry).equals(node))
                .map(entry -> (Object) entry)
                .findFirst();
    }

    /** Writes a node, whatever was there. */
    protected final void put(Object entry) {
        switch (entry) {
            case Mapping mapping -> put(mappings, mapping);
            case DnsRecord record -> put(records, record);
            default -> throw new IllegalArgumentException(entry.toString());
        }
    }

    private <T> void put(List<T> entries, T entry) {
        int place = entries.stream().map(RouterConfig::node).toList().indexOf(node(entry));
        if (place < 0) {
            entries.add(entry);
        } else {
            entries.set(place, entry);
        }
    }

    /** One commit: what changes or goes makes way first. */
    protected final void commit(List<RouterEdits.Edit> edits) {
        edits.forEach(edit -> at(edit.node()).ifPresent(this::remove));
        edits.stream().map(RouterEdits.Edit::after).filter(Objects::nonNull).forEach(this::put);
    }

    protected final void remove(Object entry) {
        mappings.remove(entry);
        records.remove(entry);
    }
}
