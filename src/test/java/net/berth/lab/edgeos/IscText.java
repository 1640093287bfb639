package net.berth.lab.edgeos;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The file that the router's DHCP script writes for ISC dhcpd: one block for each shared network, a host for each mapping. */
final class IscText {
    private static final List<String> NETWORKS = List.of("service", "dhcp-server", "shared-network-name");
    private final Node tree;
    private final DhcpConfig dhcp;

    IscText(Node tree) {
        this.tree = tree;
        dhcp = new DhcpConfig(tree);
    }

    String text() {
        StringBuilder text = new StringBuilder("ddns-update-style none;\nlog-facility local7;\n");
        for (String network : tree.names(words())) {
            text.append("shared-network " + network + " {\n");
            boolean authoritative = tree.value(words(network, "authoritative"))
                    .filter("enable"::equals)
                    .isPresent();
            text.append(authoritative ? "\tauthoritative;\n" : "\tnot authoritative;\n");
            for (String subnet : tree.names(words(network, "subnet"))) {
                subnet(text, network, subnet);
            }
            text.append("}\n");
        }
        return text.toString();
    }

    private void subnet(StringBuilder text, String network, String subnet) {
        int slash = subnet.indexOf('/');
        text.append("\tsubnet " + subnet.substring(0, slash) + " netmask "
                + mask(Integer.parseInt(subnet.substring(slash + 1))) + " {\n");
        option(text, network, subnet, "domain-name", "domain-name", "\"");
        option(text, network, subnet, "default-router", "routers", "");
        List<String> servers = tree.names(words(network, "subnet", subnet, "dns-server"));
        if (!servers.isEmpty()) {
            text.append("\t\toption domain-name-servers " + String.join(", ", servers) + ";\n");
        }
        String lease = tree.value(words(network, "subnet", subnet, "lease")).orElse("86400");
        text.append("\t\tdefault-lease-time " + lease + ";\n\t\tmax-lease-time " + lease + ";\n");
        for (String start : tree.names(words(network, "subnet", subnet, "start"))) {
            text.append("\t\trange " + start + " "
                    + tree.value(words(network, "subnet", subnet, "start", start, "stop"))
                            .orElseThrow()
                    + ";\n");
        }
        String hosts = dhcp.reservations().stream()
                .filter(each -> each.network().equals(network) && each.subnet().equals(subnet) && !each.disabled())
                .map(each -> "\t\thost " + each.name() + " {\n\t\t\thardware ethernet " + each.mac()
                        + ";\n\t\t\tfixed-address " + each.address() + ";\n\t\t}\n")
                .collect(Collectors.joining());
        text.append(hosts).append("\t}\n");
    }

    private void option(StringBuilder text, String network, String subnet, String node, String option, String quote) {
        tree.value(words(network, "subnet", subnet, node))
                .ifPresent(value -> text.append("\t\toption " + option + " " + quote + value + quote + ";\n"));
    }

    private static String mask(int length) {
        long bits = length == 0 ? 0 : -1L << (32 - length) & 0xFFFF_FFFFL;
        return (bits >> 24) + "." + (bits >> 16 & 255) + "." + (bits >> 8 & 255) + "." + (bits & 255);
    }

    private static String[] words(String... more) {
        return Stream.concat(NETWORKS.stream(), Stream.of(more)).toArray(String[]::new);
    }
}
