package net.berth.edgemax.seen;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.RouterShell;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.router.Lease;
import net.berth.model.router.Neighbour;

/**
 * What the router has seen on the wire: leases and neighbours. Leases come from the daemon's own file where it can be
 * read: its times have no zone to guess, and it also holds the leases of static mappings.
 */
public final class LeasesAndNeighbours {
    // Written by the DHCP script of EdgeOS 2.0.
    private static final String DNSMASQ_CONFIG = "/etc/dnsmasq.d/dnsmasq-dhcp-config.conf";
    private static final String ISC_FILE = "/var/run/dhcpd.leases";
    private static final Pattern LEASE_FILE = Pattern.compile("dhcp-leasefile=(/[-_./A-Za-z0-9]{1,200})(?:\\s.*)?");

    private static final Pattern NEIGH =
            Pattern.compile("([0-9.]{7,15}) dev \\S+ lladdr ([0-9A-Fa-f:]{17})(?: router)? ([A-Z]+)\\s*");
    // Address, HWtype, HWaddress, Flags: C is complete, M permanent.
    private static final Pattern ARP = Pattern.compile("([0-9.]{7,15})\\s+ether\\s+([0-9A-Fa-f:]{17})\\s+[CMP]+\\s.*");

    /** More than a LAN has; what is beyond would fill the receiver's memory. */
    private static final int MOST = 20_000;

    private static final Duration SAME_TIME = Duration.ofMinutes(1);

    private LeasesAndNeighbours() {}

    /** The live and ended leases that the router remembers; none where it cannot show them. */
    public static List<Lease> leases(RouterShell shell, ActiveConfig config) {
        Optional<List<Lease>> fromFile = config.dnsmasq()
                ? dnsmasqFile(shell).flatMap(path -> file(shell, path)).map(LeaseFiles::dnsmasq)
                : file(shell, ISC_FILE).map(LeaseFiles::isc);
        List<Lease> leases = newest(fromFile.orElseGet(() -> table(shell)));
        return leases.isEmpty() ? leases : byOwnClock(leases, behind(shell));
    }

    private static <T> List<T> newest(List<T> seen) {
        return seen.size() <= MOST ? seen : List.copyOf(seen.subList(seen.size() - MOST, seen.size()));
    }

    /** How far the router's clock is behind; zero where it shows none. EdgeMax routers have no clock that runs without power. */
    private static Duration behind(RouterShell shell) {
        String seconds = shell.run("date +%s").text().strip();
        return seconds.matches("[0-9]{1,11}")
                ? Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), Instant.now())
                : Duration.ZERO;
    }

    private static List<Lease> byOwnClock(List<Lease> leases, Duration behind) {
        return behind.abs().compareTo(SAME_TIME) <= 0
                ? leases
                : leases.stream().map(lease -> later(lease, behind)).toList();
    }

    private static Lease later(Lease lease, Duration behind) {
        return lease.expires().equals(Instant.MAX)
                ? lease
                : new Lease(lease.address(), lease.mac(), lease.expires().plus(behind), lease.clientName());
    }

    private static Optional<String> dnsmasqFile(RouterShell shell) {
        RouterShell.Said said = shell.run("cat " + DNSMASQ_CONFIG);
        return said.ok()
                ? said.text()
                        .lines()
                        .map(String::strip)
                        .map(LEASE_FILE::matcher)
                        .filter(Matcher::matches)
                        .map(found -> found.group(1))
                        .findFirst()
                : Optional.empty();
    }

    /** The path is a constant of this class or matched {@link #LEASE_FILE}. */
    private static Optional<String> file(RouterShell shell, String path) {
        // A daemon adds to its file for an hour or more: what counts is at the end.
        RouterShell.Said plain = shell.runForLast("cat " + path);
        RouterShell.Said said = plain.ok() ? plain : shell.runForLast("sudo -n cat " + path);
        return said.ok() ? Optional.of(said.text()) : Optional.empty();
    }

    private static List<Lease> table(RouterShell shell) {
        RouterShell.Said said = shell.run(RouterShell.OPERATION + " show dhcp leases");
        return said.ok() ? LeaseText.parse(said.text()) : List.of();
    }

    /** The ARP table; empty where this router cannot show it. Static clients are in no lease table. */
    public static List<Neighbour> neighbours(RouterShell shell) {
        RouterShell.Said said = shell.run("env PATH=\"$PATH:/sbin:/usr/sbin\" ip -4 neigh");
        if (said.ok()) {
            return newest(neighbours(said.text()));
        }
        RouterShell.Said arp = shell.run(RouterShell.OPERATION + " show arp");
        return arp.ok() ? newest(neighbours(arp.text())) : List.of();
    }

    /** The entries of the ARP table, as {@code ip -4 neigh} or {@code show arp} prints it, without unfinished ones. */
    public static List<Neighbour> neighbours(String text) {
        List<Neighbour> found = new ArrayList<>();
        text.lines().forEach(line -> {
            Matcher neigh = NEIGH.matcher(line);
            Matcher arp = ARP.matcher(line + " ");
            if (neigh.matches()) {
                // The kernel: confirmed within its reachable time, some 15 to 45 s.
                boolean proven = neigh.group(3).equals("REACHABLE");
                boolean failed =
                        neigh.group(3).equals("FAILED") || neigh.group(3).equals("INCOMPLETE");
                if (!failed) {
                    neighbour(neigh, proven).ifPresent(found::add);
                }
            } else if (arp.matches()) {
                neighbour(arp, false).ifPresent(found::add);
            }
        });
        return found;
    }

    private static Optional<Neighbour> neighbour(Matcher line, boolean proven) {
        return IpAddress.isAddress(line.group(1)) && MacAddress.isMac(line.group(2))
                ? Optional.of(new Neighbour(IpAddress.parse(line.group(1)), MacAddress.parse(line.group(2)), proven))
                : Optional.empty();
    }
}
