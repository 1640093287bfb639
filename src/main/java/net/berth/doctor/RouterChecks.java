package net.berth.doctor;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.berth.config.Settings;
import net.berth.doctor.CheckRunner.Check;
import net.berth.doctor.CheckRunner.Group;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.edgemax.RouterProbe;
import net.berth.model.AddressRange;
import net.berth.model.Network;
import net.berth.model.Prefix;
import net.berth.model.router.DhcpSubnet;

/** The checks of the router. */
record RouterChecks(RouterProbe probe, Settings settings, Clock clock) {
    /** The group of the users of level admin; an operator is not in it. */
    private static final String ADMINS = "vyattacfg";

    /** Fewer free addresses are worth a warning. */
    private static final long FEW = 16;

    Group group() {
        return new Group(
                "router",
                new Check("answers", this::answers),
                new Check("user", this::user),
                new Check("writing", this::writing),
                new Check("clock", this::time),
                new Check("dhcp", this::dhcp));
    }

    private List<CheckResult> answers() {
        RouterProbe.Release release = probe.release();
        EdgeMaxSettings router = settings.router();
        String key =
                switch (router.hostKey()) {
                    case EdgeMaxSettings.HostKey.Fingerprint pin -> "its host key is the one in the settings";
                    case EdgeMaxSettings.HostKey.KnownHosts known -> "its host key is in " + known.file();
                    case EdgeMaxSettings.HostKey.Unknown unknown -> "its host key is not known";
                };
        String text = router.host() + ":" + router.port() + " accepts the login of " + router.username() + "; " + key;
        return List.of(
                release.version().isEmpty()
                        ? CheckResult.yellow(text + "; it shows no version: is it an EdgeMax?")
                        : CheckResult.green(text + "; " + (release.model().isEmpty() ? "" : release.model() + ", ")
                                + "EdgeOS " + release.version()));
    }

    private List<CheckResult> user() {
        return List.of(user(probe.account()));
    }

    private static CheckResult user(RouterProbe.Account account) {
        String user = account.user();
        if (!account.wrapper()) {
            return CheckResult.red("there is no " + RouterProbe.WRAPPER + ": is it an EdgeMax?");
        }
        if (user.equals("root")) {
            return CheckResult.red(
                    "Berth logs in as root. Entries committed by root cannot be edited by other users until the router"
                            + " reboots",
                    "set system login user berth level admin     # and router.username: berth");
        }
        if (!account.groups().contains(ADMINS)) {
            return CheckResult.red(
                    user + " may not change the config (it is not in the group " + ADMINS + ")",
                    "configure; set system login user " + user + " level admin; commit; save; exit");
        }
        return CheckResult.green(user + " is of level admin; "
                + (account.sudo()
                        ? "saves as the command line does"
                        : "sudo asks for a password: saves with the group"));
    }

    private List<CheckResult> writing() {
        String trouble = probe.writeTrouble();
        return List.of(
                trouble.isEmpty()
                        ? CheckResult.green(
                                "a write would work: the lock can be taken, the running config is the saved one,"
                                        + " and there is room to save it")
                        : CheckResult.red(trouble));
    }

    /** Leases end by the router's clock. */
    private List<CheckResult> time() {
        String host = settings.router().host();
        return List.of(probe.time(clock)
                .map(time -> CheckResult.clock(host, time.theirs(), time.before(), time.after()))
                .orElseGet(() -> CheckResult.yellow(host + " does not show its time")));
    }

    /** How the router serves DHCP, and whether its subnets and dynamic ranges fit the networks. */
    private List<CheckResult> dhcp() {
        RouterProbe.Dhcp dhcp = probe.dhcp();
        List<CheckResult> results = new ArrayList<>();
        results.add(mode(dhcp));
        settings.engine().networks().stream()
                .filter(Network::onRouter)
                .forEach(network -> results.addAll(network(network, dhcp.subnets())));
        return results;
    }

    private static CheckResult mode(RouterProbe.Dhcp dhcp) {
        String text = dhcp.dnsmasq()
                ? "dnsmasq serves DHCP and, with a domain, names from each mapping"
                : "ISC dhcpd serves DHCP; each new name restarts dnsmasq once";
        boolean isOff = !dhcp.subnets().isEmpty()
                && dhcp.subnets().stream().noneMatch(subnet -> subnet.off().isEmpty());
        return dhcp.running() || isOff
                ? CheckResult.green(text)
                : CheckResult.red(
                        text + "; but " + dhcp.program() + " does not run",
                        "show log | match " + dhcp.program() + "     # on the router");
    }

    private static List<CheckResult> network(Network network, List<DhcpSubnet> subnets) {
        List<DhcpSubnet> shared = subnets.stream()
                .filter(subnet -> subnet.sharedNetwork().equals(network.dhcp()))
                .toList();
        Optional<DhcpSubnet> own = shared.stream()
                .filter(subnet -> subnet.prefix().equals(network.prefix()))
                .findFirst();
        List<CheckResult> results = new ArrayList<>();
        results.add(own.map(subnet -> ranges(network, subnet)).orElseGet(() -> missing(network, shared, subnets)));
        subnets.stream()
                .filter(other -> own.filter(other::equals).isEmpty())
                .filter(other -> other.prefix().overlaps(network.prefix())
                        && !other.prefix().equals(network.prefix()))
                .forEach(other -> results.add(CheckResult.red(network.name() + ": " + network.prefix() + " overlaps "
                        + other.prefix() + " of the router's shared network " + other.sharedNetwork())));
        return results;
    }

    private static CheckResult missing(Network network, List<DhcpSubnet> shared, List<DhcpSubnet> subnets) {
        String has = shared.isEmpty()
                ? "the router has no shared network " + network.dhcp() + ", only: "
                        + subnets.stream()
                                .map(DhcpSubnet::sharedNetwork)
                                .distinct()
                                .collect(Collectors.joining(", "))
                : "the router's " + network.dhcp() + " serves "
                        + shared.stream()
                                .map(subnet -> subnet.prefix().toString())
                                .collect(Collectors.joining(", "))
                        + ", not " + network.prefix();
        return CheckResult.red(
                network.name() + ": " + has, "correct networks[].dhcp or prefix, or create it on the router");
    }

    private static CheckResult ranges(Network network, DhcpSubnet subnet) {
        if (!subnet.off().isEmpty()) {
            return CheckResult.red(
                    network.name() + ": the router gives no addresses there, because somebody switched that off: "
                            + subnet.off(),
                    "configure; delete " + subnet.off() + "; commit; save; exit     # on the router");
        }
        long size =
                new AddressRange(network.prefix().network(), network.prefix().last()).size();
        long dynamic = subnet.ranges().stream().mapToLong(AddressRange::size).sum();
        String text = network.name() + ": shared network " + network.dhcp() + ", dynamic "
                + (subnet.ranges().isEmpty()
                        ? "none"
                        : subnet.ranges().stream().map(AddressRange::toString).collect(Collectors.joining(", ")));
        if (subnet.ranges().stream().anyMatch(range -> !inside(network.prefix(), range))) {
            return CheckResult.red(text + ", which is not inside " + network.prefix());
        }
        long excluded = network.exclude().stream()
                .filter(range -> subnet.ranges().stream().noneMatch(other -> other.contains(range.first())))
                .mapToLong(AddressRange::size)
                .sum();
        // Berth never assigns network, broadcast and gateway.
        long left = size - dynamic - excluded - 3;
        String advice = "make the dynamic range smaller on the router, or networks[].exclude";
        if (left <= 0) {
            return CheckResult.red(text + "; nothing of " + network.prefix() + " is left for guests", advice);
        }
        return left < FEW
                ? CheckResult.yellow(text + "; only " + left + " addresses are left for guests", advice)
                : CheckResult.green(text + "; " + left + " addresses for guests");
    }

    private static boolean inside(Prefix prefix, AddressRange range) {
        return prefix.contains(range.first()) && prefix.contains(range.last());
    }
}
