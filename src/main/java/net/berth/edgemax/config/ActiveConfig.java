package net.berth.edgemax.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.edgemax.ssh.RouterFailure;
import net.berth.model.AddressRange;
import net.berth.model.IpAddress;
import net.berth.model.Prefix;
import net.berth.model.router.ConfigAddress;
import net.berth.model.router.ConfigHost;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterEntry;

/** The router's active config: all its lines, and of them what Berth understands. Immutable. */
public final class ActiveConfig {
    private static final String HOST_RECORD = "host-record=";
    // A config with 10,000 mappings and their names has 30,000 lines and 80,000 nodes. The receiver's memory bears two
    // of these.
    private static final int MOST_LINES = 100_000;
    private static final int MOST_NODES = 200_000;

    private final List<ConfigLine> lines;
    private final ConfigTree tree = new ConfigTree();
    /** Mappings and host mappings, by their nodes. */
    private final Map<List<String>, RouterEntry> entries = new LinkedHashMap<>();

    private final List<DnsRecord> options = new ArrayList<>();
    private final List<DhcpSubnet> subnets = new ArrayList<>();

    private ActiveConfig(List<ConfigLine> lines) {
        this.lines = List.copyOf(lines);
        int nodes = 0;
        for (ConfigLine line : lines) {
            nodes += tree.add(line.words());
            limit(nodes, MOST_NODES, "nodes");
        }
        readSubnets();
        readRecords();
    }

    /**
     * Reads the output of showConfig with --show-commands; lines that are no config are passed over.
     *
     * @throws net.berth.engine.port.PeerException if it is too large to be kept
     */
    public static ActiveConfig parse(String text) {
        List<ConfigLine> lines = new ArrayList<>();
        Map<String, String> words = new HashMap<>();
        // Not at a carriage return: within a value it would hide the line, and what is not seen could not be restored.
        for (String line : text.split("\n", -1)) {
            ConfigLine.parse(line, word -> words.computeIfAbsent(word, first -> first))
                    .ifPresent(lines::add);
            limit(lines.size(), MOST_LINES, "lines");
        }
        return new ActiveConfig(lines);
    }

    private static void limit(int count, int most, String what) {
        if (count > most) {
            throw RouterFailure.garbled("the router's config has more than " + most + " " + what);
        }
    }

    /**
     * What shows that the read is torn; empty when it looks whole. A router whose DHCP server serves some network, but
     * not each of these, may be whole.
     */
    Optional<String> missing(Set<String> sharedNetworks) {
        if (tree.at(Nodes.SYSTEM).value("host-name").isEmpty()) {
            return Optional.of("system host-name");
        }
        return subnets.isEmpty()
                ? sharedNetworks.stream()
                        .sorted()
                        .findFirst()
                        .map(name -> "service dhcp-server shared-network-name " + name)
                : Optional.empty();
    }

    /** The shared networks with at least one subnet. */
    Set<String> sharedNetworks() {
        return subnets.stream().map(DhcpSubnet::sharedNetwork).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether dnsmasq gives DHCP, not ISC dhcpd. */
    public boolean dnsmasq() {
        return tree.at(Nodes.DHCP).value("use-dnsmasq").equals("enable");
    }

    public List<ConfigLine> lines() {
        return lines;
    }

    public List<Mapping> mappings() {
        return of(Mapping.class).toList();
    }

    public List<DnsRecord> records() {
        return Stream.concat(options.stream(), of(DnsRecord.class)).toList();
    }

    private <T extends RouterEntry> Stream<T> of(Class<T> kind) {
        return entries.values().stream().filter(kind::isInstance).map(kind::cast);
    }

    public List<DhcpSubnet> subnets() {
        return List.copyOf(subnets);
    }

    /** The addresses of machines that stand in other lines than those of mappings and DNS names. */
    public List<ConfigAddress> addresses() {
        return ConfigAddresses.of(lines);
    }

    /** The machines that other lines than mappings and DNS names give a name, or an address to a MAC. */
    public List<ConfigHost> hosts() {
        return ConfigHosts.of(lines, tree.at(Nodes.SYSTEM).value("domain-name"));
    }

    /** The ranges from which the router gives addresses out, whatever node they are in. */
    public List<AddressRange> pools() {
        return ConfigRanges.of(lines);
    }

    /** The reason why the router's resolver answers no names; empty when it answers them. */
    public String unanswered() {
        ConfigTree dns = tree.at(Nodes.DNS);
        Optional<String> option = Stream.of("port=0", "no-hosts")
                .filter(each -> dns.below("options").containsKey(each))
                // dnsmasq does not need the hosts file for the names of its own mappings.
                .filter(each -> !dnsmasq() || !each.equals("no-hosts"))
                .findFirst();
        if (option.isPresent()) {
            return "its config has the line: service dns forwarding options " + option.get();
        }
        boolean runs = dnsmasq() || dns.has("listen-on") || dns.has("except-interface");
        return runs ? "" : "its config has no line: service dns forwarding listen-on";
    }

    /** The mapping or host mapping at a node. */
    public Optional<RouterEntry> entryAt(List<String> node) {
        return Optional.ofNullable(entries.get(node));
    }

    /** The mappings and host mappings by their nodes. */
    public Map<List<String>, RouterEntry> entries() {
        return Collections.unmodifiableMap(entries);
    }

    /** The DNS names of dnsmasq's options. */
    public List<DnsRecord> options() {
        return List.copyOf(options);
    }

    /** The subnet that a mapping is in. */
    public Optional<DhcpSubnet> subnetOf(Mapping mapping) {
        return subnets.stream()
                .filter(subnet -> subnet.sharedNetwork().equals(mapping.sharedNetwork())
                        && subnet.prefix().toString().equals(mapping.subnet()))
                .findFirst();
    }

    /** All lines at and below a node, as printed. */
    public List<ConfigLine> under(List<String> node) {
        return lines.stream().filter(line -> line.under(node)).toList();
    }

    /** What is below a node. */
    ConfigTree tree(List<String> node) {
        return tree.at(node);
    }

    private void readSubnets() {
        tree.at(Nodes.DHCP).below("shared-network-name").forEach((network, networkNode) -> networkNode
                .below("subnet")
                .forEach((subnet, node) -> readSubnet(network, subnet, node)));
    }

    private void readSubnet(String network, String subnet, ConfigTree node) {
        node.below("static-mapping").forEach((name, leaves) -> {
            Mapping mapping = new Mapping(
                    network,
                    subnet,
                    name,
                    leaves.value("ip-address"),
                    leaves.value("mac-address"),
                    leaves.has("disable"));
            entries.put(Nodes.of(mapping), mapping);
        });
        List<AddressRange> ranges = node.below("start").entrySet().stream()
                .flatMap(start ->
                        ConfigRanges.range(start.getKey(), start.getValue().value("stop")).stream())
                .toList();
        try {
            String off = off(network, subnet);
            // Only dnsmasq makes names from mappings (its script on EdgeOS 2.0).
            String domain = dnsmasq() && off.isEmpty() ? domain(node) : "";
            subnets.add(new DhcpSubnet(network, Prefix.parse(subnet), domain, ranges, off));
        } catch (IllegalArgumentException odd) {
            // No subnet in which Berth could work.
        }
    }

    /** The line that switches a subnet off; empty when there is none. */
    private String off(String network, String subnet) {
        List<String> shared = Nodes.under(Nodes.DHCP, "shared-network-name", network);
        return Stream.of(
                        Nodes.under(Nodes.DHCP, "disabled", "true"),
                        Nodes.under(shared, "disable"),
                        Nodes.under(shared, "subnet", subnet, "disable"))
                .filter(line -> tree.at(line.subList(0, line.size() - 1)).has(line.getLast()))
                .map(line -> String.join(" ", line))
                .findFirst()
                .orElse("");
    }

    /** The domain of a subnet's node, or else the system's; empty when neither has one. */
    String domain(ConfigTree subnet) {
        String own = subnet.value("domain-name");
        return own.isEmpty() ? tree.at(Nodes.SYSTEM).value("domain-name") : own;
    }

    private void readRecords() {
        lines.forEach(line -> hostRecord(line.words().getLast()).ifPresent(options::add));
        tree.at(Nodes.HOST_MAPPINGS).below("host-name").forEach((name, node) -> {
            DnsRecord record =
                    new DnsRecord(DnsRecord.Kind.HOST_MAPPING, name, node.values("alias"), node.values("inet"));
            entries.put(Nodes.of(record), record);
        });
    }

    /** Names and addresses of a dnsmasq option {@code host-record=NAME,...,ADDRESS,...,TTL}; empty for another option. */
    private static Optional<DnsRecord> hostRecord(String option) {
        if (!option.startsWith(HOST_RECORD)) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        for (String part : option.substring(HOST_RECORD.length()).split(",", -1)) {
            String word = part.strip();
            if (IpAddress.isAddress(word) || word.indexOf(':') >= 0) {
                addresses.add(word);
            } else if (!word.isEmpty() && !word.matches("[0-9]+")) {
                names.add(word);
            }
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new DnsRecord(DnsRecord.Kind.OPTION, names.getFirst(), names.subList(1, names.size()), addresses));
    }
}
