package net.berth.edgemax.config;

import java.util.List;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;

/** Where things stand in the router's config. */
public final class Nodes {
    static final List<String> DHCP = List.of("service", "dhcp-server");
    public static final List<String> HOSTS = List.of("system", "static-host-mapping", "host-name");
    static final List<String> DNS_OPTIONS = List.of("service", "dns", "forwarding", "options");

    private Nodes() {}

    public static List<String> of(Mapping mapping) {
        return List.of(
                "service",
                "dhcp-server",
                "shared-network-name",
                mapping.sharedNetwork(),
                "subnet",
                mapping.subnet(),
                "static-mapping",
                mapping.name());
    }

    /** Whether a node that Berth edits is a static mapping's; the others are host names. */
    public static boolean isMapping(List<String> node) {
        return node.size() > DHCP.size() && node.subList(0, DHCP.size()).equals(DHCP);
    }

    /** The node of a {@link DnsRecord.Kind#HOST_MAPPING}. */
    public static List<String> of(DnsRecord record) {
        return List.of("system", "static-host-mapping", "host-name", record.name());
    }
}
