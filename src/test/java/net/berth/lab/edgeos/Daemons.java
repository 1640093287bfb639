package net.berth.lab.edgeos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The daemons and the files that a commit writes for them. */
final class Daemons {
    private final Counters counters;
    private final Faults faults;
    private boolean dnsmasq;
    private boolean dhcpd;
    private Node running = new Node();
    /** What {@code /etc/hosts} was written from. */
    private Node hosts = new Node();

    Daemons(Counters counters, Faults faults) {
        this.counters = counters;
        this.faults = faults;
    }

    /** Brings all daemons to the state of a tree without counting, as at boot. */
    synchronized void boot(Node tree) {
        running = tree.copy();
        hosts = running;
        DhcpConfig dhcp = new DhcpConfig(tree);
        boolean sound = dhcp.fatal().isEmpty();
        dnsmasq = dhcp.forwarding() || (dhcp.dnsmasq() && dhcp.configured());
        dnsmasq &= sound || !dhcp.dnsmasq();
        dhcpd = !dhcp.dnsmasq() && dhcp.configured() && sound;
    }

    /** A change below {@code service dhcp-server}. */
    synchronized void dhcpChanged(Node before, Node after) {
        boolean dies = faults.takeDeath();
        DhcpConfig dhcp = new DhcpConfig(after);
        if (dhcp.dnsmasq() || new DhcpConfig(before).dnsmasq()) {
            counters.dnsmasqRestarts.incrementAndGet();
        }
        if (!dhcp.dnsmasq()) {
            counters.dhcpRestarts.incrementAndGet();
        }
        boot(after);
        if (dies) {
            dnsmasq &= !dhcp.dnsmasq();
            dhcpd = false;
        }
    }

    /** A change of host records or of DNS forwarding: dnsmasq starts again, once per changed host. */
    synchronized void namesChanged(Node after, int times) {
        boolean dhcpdBefore = dhcpd;
        Node hosts = this.hosts;
        boot(after);
        dhcpd = dhcpdBefore;
        if (faults.takeHostsNotWritten()) {
            this.hosts = hosts;
        }
        if (new DhcpConfig(after).forwarding() || new DhcpConfig(after).dnsmasq()) {
            counters.dnsmasqRestarts.addAndGet(times);
            dnsmasq &= !faults.takeDeath();
        }
    }

    synchronized Answer pidof(List<String> names) {
        List<String> pids = new ArrayList<>();
        for (String name : names) {
            if (name.equals("dnsmasq") && dnsmasq) {
                pids.add("2101");
            }
            if ((name.equals("dhcpd") || name.equals("dhcpd3")) && dhcpd) {
                pids.add("2102");
            }
        }
        return pids.isEmpty() ? new Answer(1, "") : Answer.ok(String.join(" ", pids) + "\n");
    }

    /** The lines of {@code /etc/hosts} that the config made. */
    synchronized List<String> hostsFile() {
        List<String> lines = new ArrayList<>();
        Node named =
                hosts.at(List.of("system", "static-host-mapping", "host-name")).orElseGet(Node::new);
        for (String name : new TreeSet<>(named.children().keySet())) {
            Node host = named.children().get(name);
            String aliases = String.join(" ", host.names("alias"));
            host.names("inet").forEach(inet -> lines.add(inet + "\t " + name + " " + aliases + " \t #vyatta entry"));
        }
        return lines;
    }

    /** Every name that the router answers to, with its addresses in order. */
    synchronized Map<String, List<String>> names() {
        Map<String, List<String>> names = new TreeMap<>();
        for (String line : hostsFile()) {
            String[] words = line.replace("#vyatta entry", "").trim().split("\\s+", -1);
            for (int i = 1; i < words.length; i++) {
                add(names, words[i], words[0]);
            }
        }
        for (String option : running.names("service", "dns", "forwarding", "options")) {
            if (option.startsWith("host-record=")) {
                List<String> words =
                        List.of(option.substring("host-record=".length()).split(","));
                List<String> addresses = words.stream()
                        .filter(word -> word.matches("[0-9.]+|.*:.*"))
                        .toList();
                words.stream()
                        .filter(word -> !addresses.contains(word))
                        .forEach(name -> addresses.forEach(address -> add(names, name, address)));
            }
        }
        DhcpConfig dhcp = new DhcpConfig(running);
        for (DhcpConfig.Reservation each : dhcp.reservations()) {
            String domain = dhcp.domain(each);
            if (dhcp.dnsmasq() && !domain.isEmpty() && !each.disabled()) {
                add(names, each.name() + "." + domain, each.address());
            }
        }
        return names;
    }

    private static void add(Map<String, List<String>> names, String name, String address) {
        List<String> addresses = names.computeIfAbsent(name, n -> new ArrayList<>());
        if (!addresses.contains(address)) {
            addresses.add(address);
        }
    }
}
