package net.berth.lab.edgeos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the DHCP scripts make of a tree. */
final class DhcpConfig {
    /** One static mapping. Missing parts are empty. */
    record Reservation(String network, String subnet, String name, String address, String mac, boolean disabled) {}

    private static final List<String> ROOT = List.of("service", "dhcp-server");
    private final Node tree;

    DhcpConfig(Node tree) {
        this.tree = tree;
    }

    boolean dnsmasq() {
        return tree.value("service", "dhcp-server", "use-dnsmasq")
                .orElse("disable")
                .equals("enable");
    }

    boolean configured() {
        return !tree.names("service", "dhcp-server", "shared-network-name").isEmpty();
    }

    boolean forwarding() {
        return tree.has(List.of("service", "dns", "forwarding", "listen-on"))
                || tree.has(List.of("service", "dns", "forwarding", "except-interface"));
    }

    List<Reservation> reservations() {
        List<Reservation> found = new ArrayList<>();
        Optional<Node> networks = tree.at(Node.join(ROOT, "shared-network-name"));
        networks.ifPresent(all -> sorted(all).forEach(network -> {
            Node subnets = all.at(List.of(network, "subnet")).orElseGet(Node::new);
            for (String subnet : sorted(subnets)) {
                Node maps = subnets.at(List.of(subnet, "static-mapping")).orElseGet(Node::new);
                for (String name : sorted(maps)) {
                    Node map = maps.children().get(name);
                    found.add(new Reservation(
                            network,
                            subnet,
                            name,
                            map.value("ip-address").orElse(""),
                            map.value("mac-address").orElse(""),
                            map.has(List.of("disable"))));
                }
            }
        }));
        return found;
    }

    /** The domain whose names dnsmasq makes from reservations: the subnet's, else the system's. */
    String domain(Reservation reservation) {
        return tree.value(
                        "service",
                        "dhcp-server",
                        "shared-network-name",
                        reservation.network(),
                        "subnet",
                        reservation.subnet(),
                        "domain-name")
                .or(() -> tree.value("system", "domain-name"))
                .orElse("");
    }

    /** What the ISC script says against the tree; empty when it takes it. The dnsmasq script checks nothing. */
    String refusal() {
        if (dnsmasq()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (Reservation each : reservations()) {
            String under = "under shared network name '" + each.network() + "'";
            if (each.address().isEmpty()) {
                text.append("No static DHCP lease IP address specified for static mapping '" + each.name() + "'\n")
                        .append(under + ".\n");
            }
            if (each.mac().isEmpty()) {
                text.append("No static DHCP lease mac address specified for static mapping '" + each.name() + "'\n")
                        .append(under + ".\n");
            }
            if (!each.address().isEmpty() && !inside(each.address(), each.subnet())) {
                text.append("Static DHCP lease IP '" + each.address() + "' under static mapping '" + each.name()
                                + "'\n")
                        .append(under + " is outside of the DHCP lease network '" + each.subnet() + "'.\n");
            }
        }
        return text.isEmpty() ? "" : text + "DHCP server configuration commit aborted due to error(s).\n";
    }

    /** What the dnsmasq script says of subnets that no interface of the router is in; empty when there is none. */
    String warning() {
        List<String> own = tree.names("interfaces", "ethernet").stream()
                .flatMap(name -> tree.names("interfaces", "ethernet", name, "address").stream())
                .filter(address -> address.matches("[0-9.]+/[0-9]+"))
                .map(address -> address.substring(0, address.indexOf('/')))
                .toList();
        StringBuilder text = new StringBuilder();
        for (String network : tree.names("service", "dhcp-server", "shared-network-name")) {
            for (String subnet : tree.names("service", "dhcp-server", "shared-network-name", network, "subnet")) {
                if (own.stream().noneMatch(address -> inside(address, subnet))) {
                    text.append("[Warning] There is no interface that contains subnet " + subnet + ".\n")
                            .append("DHCP for this subnet can only work if there is a DHCP relay \n")
                            .append("installed and configured somewhere\n\n");
                }
            }
        }
        return text.toString();
    }

    /** Why the daemon would not start with what the script writes for it; empty when it would. */
    String fatal() {
        Set<String> seen = new HashSet<>();
        for (Reservation each : reservations()) {
            if (each.disabled()) {
                continue;
            }
            if (dnsmasq() && !each.address().isEmpty() && !seen.add(each.address())) {
                return "duplicate dhcp-host IP address " + each.address();
            }
            if (!dnsmasq() && !seen.add(each.network() + "/" + each.name())) {
                return "host " + each.name() + ": already exists";
            }
        }
        return "";
    }

    private static List<String> sorted(Node node) {
        return node.children().keySet().stream().sorted(Naming.ORDER).toList();
    }

    private static boolean inside(String address, String subnet) {
        int slash = subnet.indexOf('/');
        int length = Integer.parseInt(subnet.substring(slash + 1));
        long mask = length == 0 ? 0 : -1L << (32 - length) & 0xFFFF_FFFFL;
        return (number(address) & mask) == (number(subnet.substring(0, slash)) & mask);
    }

    private static long number(String address) {
        long bits = 0;
        for (String octet : address.split("\\.", -1)) {
            bits = bits << 8 | Integer.parseInt(octet);
        }
        return bits;
    }
}
