package net.berth.lab.edgeos;

import java.util.List;
import java.util.stream.Stream;
import net.berth.lab.edgeos.DhcpConfig.Reservation;

/**
 * The files that the router writes for dnsmasq. In dnsmasq mode they hold what its DHCP script made of the same tree when it
 * was recorded (resource {@code edgeos/recorded/dnsmasq-mode.txt}); in ISC mode dnsmasq only answers names.
 */
final class DnsmasqText {
    private static final List<String> NETWORKS = List.of("service", "dhcp-server", "shared-network-name");
    private final Node tree;
    private final DhcpConfig dhcp;

    DnsmasqText(Node tree) {
        this.tree = tree;
        dhcp = new DhcpConfig(tree);
    }

    /** All of it, without the names of files, which are the caller's. */
    String text() {
        StringBuilder text = new StringBuilder();
        tree.names("service", "dns", "forwarding", "listen-on").forEach(name -> line(text, "interface=" + name));
        tree.names("service", "dns", "forwarding", "options").forEach(option -> line(text, option));
        if (dhcp.dnsmasq()) {
            dhcp(text);
        }
        return text.toString();
    }

    private void dhcp(StringBuilder text) {
        line(text, "dhcp-lease-max=1000000");
        line(text, "dhcp-ignore-names=tag:blockedhosts");
        List.of("isatap", "unifi", "wpad").forEach(name -> line(text, "dhcp-host=" + name + ",set:blockedhosts"));
        boolean authoritative = false;
        for (String network : tree.names(words())) {
            authoritative |= tree.value(words(network, "authoritative"))
                    .filter("enable"::equals)
                    .isPresent();
            for (String subnet : tree.names(words(network, "subnet"))) {
                subnet(text, network, subnet);
            }
        }
        dhcp.reservations().stream().filter(each -> !each.disabled()).forEach(each -> reservation(text, each));
        line(text, "dhcp-ttl=43200");
        tree.value("system", "domain-name").ifPresent(domain -> {
            line(text, "domain=" + domain);
            line(text, "dhcp-fqdn");
        });
        if (authoritative) {
            line(text, "dhcp-authoritative");
        }
    }

    private void subnet(StringBuilder text, String network, String subnet) {
        String lease = tree.value(words(network, "subnet", subnet, "lease")).orElse("86400");
        for (String start : tree.names(words(network, "subnet", subnet, "start"))) {
            String stop = tree.value(words(network, "subnet", subnet, "start", start, "stop"))
                    .orElseThrow();
            line(text, "dhcp-range=set:" + network + "," + start + "," + stop + ",255.255.255.0," + lease);
        }
        tree.value(words(network, "subnet", subnet, "domain-name")).ifPresent(domain -> {
            line(text, "domain=" + domain + "," + subnet + ",local");
            line(text, "dhcp-option=tag:" + network + ",option:domain-name," + domain);
        });
        tree.value(words(network, "subnet", subnet, "default-router"))
                .ifPresent(router -> line(text, "dhcp-option=tag:" + network + ",option:router," + router));
        List<String> servers = tree.names(words(network, "subnet", subnet, "dns-server"));
        if (!servers.isEmpty()) {
            line(text, "dhcp-option=tag:" + network + ",option:dns-server," + String.join(",", servers));
        }
    }

    private void reservation(StringBuilder text, Reservation each) {
        line(text, "dhcp-host=" + each.mac() + ",set:" + each.network() + "," + each.address());
        String domain = dhcp.domain(each);
        if (!domain.isEmpty()) {
            line(text, "host-record=" + each.name() + "." + domain + "," + each.address() + ",86400");
        }
    }

    private static String[] words(String... more) {
        return Stream.concat(NETWORKS.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
