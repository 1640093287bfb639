package net.berth.edgemax.config;

import java.util.List;
import java.util.Optional;
import net.berth.model.IpAddress;
import net.berth.model.Prefix;

/**
 * A subnet that the router serves, with what it tells clients.
 *
 * @param name its shared network
 * @param prefix the subnet
 * @param gateway its {@code default-router}; the first host where none is set
 * @param domain its domain, or the router's; empty when there is none
 */
public record DhcpService(String name, Prefix prefix, IpAddress gateway, String domain) {

    public static List<DhcpService> of(ActiveConfig config) {
        return config.subnets().stream()
                .map(subnet -> {
                    List<String> node = List.of(
                            "service",
                            "dhcp-server",
                            "shared-network-name",
                            subnet.sharedNetwork(),
                            "subnet",
                            subnet.prefix().toString());
                    IpAddress gateway = leaf(config, node, "default-router")
                            .filter(IpAddress::isAddress)
                            .map(IpAddress::parse)
                            .orElseGet(() -> subnet.prefix().network().plus(1));
                    String domain = leaf(config, node, "domain-name")
                            .or(() -> leaf(config, List.of("system"), "domain-name"))
                            .orElse("");
                    return new DhcpService(subnet.sharedNetwork(), subnet.prefix(), gateway, domain);
                })
                .toList();
    }

    private static Optional<String> leaf(ActiveConfig config, List<String> node, String name) {
        return config.under(node).stream()
                .map(ConfigLine::words)
                .filter(words -> words.size() == node.size() + 2
                        && words.get(node.size()).equals(name))
                .map(List::getLast)
                .findFirst();
    }
}
