package net.berth.edgemax.config;

import java.util.List;
import java.util.stream.Stream;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterEntry;

/** Where things are in the router's config. */
public final class Nodes {
    static final List<String> DHCP = List.of("service", "dhcp-server");
    static final List<String> HOSTS = List.of("system", "static-host-mapping", "host-name");
    static final List<String> HOST_MAPPINGS = HOSTS.subList(0, 2);
    static final List<String> SYSTEM = HOSTS.subList(0, 1);
    static final List<String> DNS = List.of("service", "dns", "forwarding");

    private Nodes() {}

    static List<String> of(DhcpSubnet subnet) {
        return under(
                DHCP,
                "shared-network-name",
                subnet.sharedNetwork(),
                "subnet",
                subnet.prefix().toString());
    }

    /** The node of a mapping, or of a {@link DnsRecord.Kind#HOST_MAPPING}. */
    public static List<String> of(RouterEntry entry) {
        return switch (entry) {
            case Mapping mapping ->
                under(
                        DHCP,
                        "shared-network-name",
                        mapping.sharedNetwork(),
                        "subnet",
                        mapping.subnet(),
                        "static-mapping",
                        mapping.name());
            case DnsRecord record -> under(HOSTS, record.name());
        };
    }

    /** Whether a node that Berth edits is a static mapping's; the others are host names. */
    public static boolean isMapping(List<String> node) {
        return node.size() > DHCP.size() && node.subList(0, DHCP.size()).equals(DHCP);
    }

    /** The words of a node and more behind them. */
    static List<String> under(List<String> node, String... more) {
        return Stream.concat(node.stream(), Stream.of(more)).toList();
    }
}
