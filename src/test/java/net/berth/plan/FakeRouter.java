package net.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.berth.model.IpAddress;
import net.berth.model.router.ConfigAddress;
import net.berth.model.router.ConfigHost;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Lease;
import net.berth.model.router.Mapping;
import net.berth.model.router.Neighbour;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;

/** The router's entries in memory. What the real one would choke on fails the test. */
public final class FakeRouter {
    public final List<Mapping> mappings = new ArrayList<>();
    public final List<DnsRecord> records = new ArrayList<>();
    private final List<ConfigAddress> addresses = new ArrayList<>();
    public final List<ConfigHost> hosts = new ArrayList<>();
    public final List<Lease> leases = new ArrayList<>();
    final List<Neighbour> neighbours = new ArrayList<>();
    private final boolean dnsmasq;
    public List<DhcpSubnet> subnets;

    FakeRouter(boolean dnsmasq) {
        this.dnsmasq = dnsmasq;
        this.subnets = Nets.subnets(dnsmasq);
    }

    RouterView view() {
        return new RouterView(subnets, mappings, records, addresses, hosts, leases, neighbours);
    }

    /** Gives all shared-networks another name, as an admin may. */
    void sharedNetworks(String name) {
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

    void apply(RouterChange change) {
        switch (change) {
            case RouterChange.PutMapping put -> {
                put.replaces().forEach(this::remove);
                put(put.wanted());
            }
            case RouterChange.RemoveMapping remove -> remove(remove.old());
            case RouterChange.PutRecord put -> {
                put.replaces().forEach(this::remove);
                put(put.wanted());
            }
            case RouterChange.RemoveRecord remove -> remove(remove.old());
        }
    }

    private void remove(Mapping mapping) {
        assertThat(mappings.remove(mapping))
                .as("%s is there to be removed, once", mapping)
                .isTrue();
    }

    private void remove(DnsRecord record) {
        assertThat(record.kind()).as("Berth touches no option").isEqualTo(DnsRecord.Kind.HOST_MAPPING);
        assertThat(records.remove(record))
                .as("%s is there to be removed, once", record)
                .isTrue();
    }

    /** Two mappings with one address stop dnsmasq, two with one name stop dhcpd. */
    private void put(Mapping wanted) {
        assertThat(mappings)
                .as("%s is alone for its name, MAC and address", wanted)
                .noneMatch(found -> found.name().equalsIgnoreCase(wanted.name())
                        || found.maps(wanted.address().orElseThrow())
                        || found.maps(wanted.mac().orElseThrow()));
        mappings.add(wanted);
    }

    private void put(DnsRecord wanted) {
        assertThat(records).as("%s is alone for its name", wanted).noneMatch(found -> found.named(wanted.name()));
        records.add(wanted);
    }

    /** The IPv4 addresses that the router's DNS gives for a name. */
    public List<String> resolve(String fqdn) {
        List<String> found = new ArrayList<>();
        records.stream()
                .filter(record -> record.answersTo(fqdn))
                .flatMap(record -> record.addresses().stream())
                .filter(IpAddress::isAddress)
                .forEach(found::add);
        if (dnsmasq) {
            mappings.stream()
                    .filter(mapping -> !mapping.disabled() && fqdn.equals(mapping.name() + domain(mapping)))
                    .map(Mapping::addressText)
                    .forEach(found::add);
        }
        return found.stream().distinct().toList();
    }

    private String domain(Mapping mapping) {
        return subnets.stream()
                .filter(subnet -> subnet.prefix().toString().equals(mapping.subnet()))
                .map(subnet -> "." + subnet.mappingDomain())
                .findFirst()
                .orElseThrow();
    }
}
