package net.berth.edgemax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.berth.edgemax.commit.Daemon;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigReader;
import net.berth.edgemax.config.RouterShell;
import net.berth.edgemax.ssh.SshConnection;
import net.berth.engine.check.Check;
import net.berth.engine.check.Finding;
import net.berth.model.AddressRange;
import net.berth.model.Network;
import net.berth.model.Prefix;
import net.berth.model.router.DhcpSubnet;

/** How the router gives DHCP, and whether its subnets and dynamic ranges fit the networks. */
record DhcpCheck(SshConnection connection, EdgeMaxSettings settings, List<Network> networks) implements Check {
    private static final long FEW = 16;

    private record Seen(ActiveConfig config, Set<Daemon> running) {}

    @Override
    public String name() {
        return "dhcp";
    }

    @Override
    public List<Finding> look() {
        Seen seen = connection.with(RouterShell.READER, talk -> {
            RouterShell shell = new RouterShell(talk, settings);
            return new Seen(new ConfigReader(settings).read(shell), Daemon.running(shell));
        });
        List<Finding> findings = new ArrayList<>();
        findings.add(mode(seen));
        networks.stream()
                .filter(Network::onRouter)
                .forEach(network -> findings.addAll(network(network, seen.config())));
        return findings;
    }

    private static Finding mode(Seen seen) {
        boolean dnsmasq = seen.config().dnsmasq();
        Daemon needed = dnsmasq ? Daemon.DNSMASQ : Daemon.DHCPD;
        String text = dnsmasq
                ? "dnsmasq gives DHCP and, with a domain, names from each mapping"
                : "ISC dhcpd gives DHCP; each new name restarts dnsmasq once";
        return seen.running().contains(needed)
                ? Finding.green(text)
                : Finding.red(
                        text + "; but " + needed.program() + " does not run",
                        "show log | match " + needed.program() + "     # on the router");
    }

    private static List<Finding> network(Network network, ActiveConfig config) {
        List<DhcpSubnet> shared = config.subnets().stream()
                .filter(subnet -> subnet.sharedNetwork().equals(network.dhcp()))
                .toList();
        Optional<DhcpSubnet> own = shared.stream()
                .filter(subnet -> subnet.prefix().equals(network.prefix()))
                .findFirst();
        List<Finding> findings = new ArrayList<>();
        findings.add(own.map(subnet -> ranges(network, subnet)).orElseGet(() -> missing(network, shared, config)));
        config.subnets().stream()
                .filter(other -> own.filter(other::equals).isEmpty())
                .filter(other -> other.prefix().overlaps(network.prefix())
                        && !other.prefix().equals(network.prefix()))
                .forEach(other -> findings.add(Finding.red(network.name() + ": " + network.prefix() + " overlaps "
                        + other.prefix() + " of the router's shared network " + other.sharedNetwork())));
        return findings;
    }

    private static Finding missing(Network network, List<DhcpSubnet> shared, ActiveConfig config) {
        String has = shared.isEmpty()
                ? "the router has no shared network " + network.dhcp() + ", only: "
                        + config.subnets().stream()
                                .map(DhcpSubnet::sharedNetwork)
                                .distinct()
                                .collect(Collectors.joining(", "))
                : "the router's " + network.dhcp() + " serves "
                        + shared.stream()
                                .map(subnet -> subnet.prefix().toString())
                                .collect(Collectors.joining(", "))
                        + ", not " + network.prefix();
        return Finding.red(network.name() + ": " + has, "correct networks[].dhcp or prefix, or make it on the router");
    }

    private static Finding ranges(Network network, DhcpSubnet subnet) {
        long size = size(
                new AddressRange(network.prefix().network(), network.prefix().last()));
        long dynamic = subnet.ranges().stream().mapToLong(DhcpCheck::size).sum();
        String text = network.name() + ": shared network " + network.dhcp() + ", dynamic "
                + (subnet.ranges().isEmpty()
                        ? "none"
                        : subnet.ranges().stream().map(AddressRange::toString).collect(Collectors.joining(", ")));
        if (subnet.ranges().stream().anyMatch(range -> !inside(network.prefix(), range))) {
            return Finding.red(text + ", which leaves " + network.prefix());
        }
        long excluded = network.exclude().stream()
                .filter(range -> subnet.ranges().stream().noneMatch(other -> other.contains(range.first())))
                .mapToLong(DhcpCheck::size)
                .sum();
        // Network, broadcast and gateway are never given out.
        long left = size - dynamic - excluded - 3;
        String advice = "make the dynamic range smaller on the router, or networks[].exclude";
        if (left <= 0) {
            return Finding.red(text + "; nothing of " + network.prefix() + " is left for guests", advice);
        }
        return left < FEW
                ? Finding.yellow(text + "; only " + left + " addresses are left for guests", advice)
                : Finding.green(text + "; " + left + " addresses for guests");
    }

    private static boolean inside(Prefix prefix, AddressRange range) {
        return prefix.contains(range.first()) && prefix.contains(range.last());
    }

    private static long size(AddressRange range) {
        return range.last().number().subtract(range.first().number()).longValueExact() + 1;
    }
}
