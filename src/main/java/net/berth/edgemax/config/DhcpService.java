package net.berth.edgemax.config;

import java.util.List;
import net.berth.model.IpAddress;
import net.berth.model.Prefix;

/**
 * A subnet that the router serves, with what it sends to clients.
 *
 * @param name its shared network
 * @param gateway its {@code default-router}; where none is set the first host with dnsmasq, which sends itself, else empty
 * @param domain its domain, or the router's; empty when there is none
 */
public record DhcpService(String name, Prefix prefix, String gateway, String domain) {

    public static List<DhcpService> of(ActiveConfig config) {
        return config.subnets().stream()
                .map(subnet -> {
                    ConfigTree node = config.tree(Nodes.of(subnet));
                    String router = node.value("default-router");
                    String itself =
                            config.dnsmasq() ? subnet.prefix().network().plus(1).toString() : "";
                    String gateway = IpAddress.isAddress(router) ? router : itself;
                    String domain = config.domain(node);
                    return new DhcpService(subnet.sharedNetwork(), subnet.prefix(), gateway, domain);
                })
                .toList();
    }
}
