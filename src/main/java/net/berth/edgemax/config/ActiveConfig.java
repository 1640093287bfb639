package net.berth.edgemax.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.berth.model.AddressRange;
import net.berth.model.IpAddress;
import net.berth.model.Prefix;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;

/** The router's active config: all its lines, and of them what Berth understands. Immutable. */
public final class ActiveConfig {
    private final List<ConfigLine> lines;
    private final Map<List<String>, Mapping> mappings = new LinkedHashMap<>();
    private final List<DnsRecord> records = new ArrayList<>();
    private final List<DhcpSubnet> subnets = new ArrayList<>();

    private ActiveConfig(List<ConfigLine> lines) {
        this.lines = List.copyOf(lines);
        readSubnets();
        readRecords();
    }

    /** Reads the output of showConfig with --show-commands; lines that are no config are passed over. */
    public static ActiveConfig parse(String text) {
        List<ConfigLine> lines = new ArrayList<>();
        // Not at a carriage return: within a value it would hide the line, and what is not seen could not be put back.
        for (String line : text.split("\n", -1)) {
            ConfigLine.parse(line).ifPresent(lines::add);
        }
        return new ActiveConfig(lines);
    }

    /**
     * What shows that the read is torn; empty when it looks whole. A router whose DHCP server serves some network, but
     * not each of these, may be whole.
     */
    Optional<String> missing(Set<String> sharedNetworks) {
        if (value("system", "host-name").isEmpty()) {
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
        return value("service", "dhcp-server", "use-dnsmasq").orElse("disable").equals("enable");
    }

    public List<ConfigLine> lines() {
        return lines;
    }

    public List<Mapping> mappings() {
        return List.copyOf(mappings.values());
    }

    public List<DnsRecord> records() {
        return List.copyOf(records);
    }

    public List<DhcpSubnet> subnets() {
        return List.copyOf(subnets);
    }

    /** The mapping that stands at a node. */
    public Optional<Mapping> mappingAt(List<String> node) {
        return Optional.ofNullable(mappings.get(node));
    }

    /** The host mapping with exactly this name. */
    public Optional<DnsRecord> hostMapping(String name) {
        return records.stream()
                .filter(record -> record.kind() == DnsRecord.Kind.HOST_MAPPING
                        && record.name().equals(name))
                .findFirst();
    }

    /** The subnet that a mapping stands in. */
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

    private Optional<String> value(String... path) {
        return lines.stream()
                .filter(line -> line.words().size() == path.length + 1 && line.under(List.of(path)))
                .map(line -> line.words().getLast())
                .findFirst();
    }

    private void readSubnets() {
        Map<List<String>, SubnetDraft> drafts = new LinkedHashMap<>();
        for (ConfigLine line : lines) {
            List<String> words = line.words();
            boolean inSubnet = line.under(Nodes.DHCP)
                    && words.size() >= 6
                    && words.get(2).equals("shared-network-name")
                    && words.get(4).equals("subnet");
            if (inSubnet) {
                drafts.computeIfAbsent(words.subList(0, 6), at -> new SubnetDraft(words.get(3), words.get(5)))
                        .take(words.subList(6, words.size()));
            }
        }
        String systemDomain = value("system", "domain-name").orElse("");
        for (SubnetDraft draft : drafts.values()) {
            draft.mappings().forEach(mapping -> mappings.put(Nodes.of(mapping), mapping));
            draft.subnet(dnsmasq(), systemDomain).ifPresent(subnets::add);
        }
    }

    private void readRecords() {
        Map<String, List<String>> aliases = new LinkedHashMap<>();
        Map<String, List<String>> inets = new LinkedHashMap<>();
        for (ConfigLine line : lines) {
            List<String> words = line.words();
            if (line.under(Nodes.HOSTS) && words.size() > 3) {
                List<String> aliasesHere = aliases.computeIfAbsent(words.get(3), name -> new ArrayList<>());
                List<String> inetsHere = inets.computeIfAbsent(words.get(3), name -> new ArrayList<>());
                if (words.size() == 6 && words.get(4).equals("alias")) {
                    aliasesHere.add(words.get(5));
                } else if (words.size() == 6 && words.get(4).equals("inet")) {
                    inetsHere.add(words.get(5));
                }
            } else if (line.under(Nodes.DNS_OPTIONS) && words.size() == 5) {
                HostRecordOption.parse(words.get(4)).ifPresent(records::add);
            }
        }
        inets.forEach((name, addresses) -> records.add(
                new DnsRecord(DnsRecord.Kind.HOST_MAPPING, name, aliases.getOrDefault(name, List.of()), addresses)));
    }

    /** The ranges that read well; a start without a stop is no range yet. */
    static Optional<AddressRange> range(String start, String stop) {
        if (!IpAddress.isAddress(start) || !IpAddress.isAddress(stop)) {
            return Optional.empty();
        }
        IpAddress first = IpAddress.parse(start);
        IpAddress last = IpAddress.parse(stop);
        return first.compareTo(last) <= 0 ? Optional.of(new AddressRange(first, last)) : Optional.empty();
    }

    static Optional<Prefix> prefix(String text) {
        try {
            return Optional.of(Prefix.parse(text));
        } catch (IllegalArgumentException odd) {
            return Optional.empty();
        }
    }
}
