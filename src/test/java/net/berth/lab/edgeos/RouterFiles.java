package net.berth.lab.edgeos;

import java.util.List;

/** The files of the router that Berth looks into. */
final class RouterFiles {
    private static final String LEASES = "/config/dnsmasq-dhcp.leases";
    private final ConfigSystem config;
    private final Daemons daemons;
    private final LeaseTable leases;
    private final Faults faults;

    RouterFiles(ConfigSystem config, Daemons daemons, LeaseTable leases, Faults faults) {
        this.config = config;
        this.daemons = daemons;
        this.leases = leases;
        this.faults = faults;
    }

    /** What {@code cat} says to this user. */
    Answer cat(String caller, List<String> paths) {
        String path = paths.size() == 1 ? paths.getFirst() : "";
        boolean dnsmasq = new DhcpConfig(config.active()).dnsmasq();
        return switch (path) {
            case "/config/config.boot" -> config.boot().print();
            case "/etc/hosts" ->
                Answer.ok("127.0.0.1\t localhost\n127.0.1.1\t edge\t #vyatta entry\n"
                        + String.join("\n", daemons.hostsFile()) + "\n");
            case "/etc/dnsmasq.d/dnsmasq-dhcp-config.conf" ->
                dnsmasq && !faults.leaseFilesHidden()
                        ? Answer.ok("dhcp-leasefile=" + LEASES + "\n" + new DnsmasqText(config.active()).text())
                        : missing(path);
            case LEASES ->
                dnsmasq && !faults.leaseFilesHidden() ? leases(caller, leases.printDnsmasq()) : missing(path);
            case "/var/run/dhcpd.leases" ->
                dnsmasq || faults.leaseFilesHidden() ? missing(path) : leases(caller, leases.printIsc());
            default -> missing(path);
        };
    }

    /** Only root reads them. */
    private static Answer leases(String caller, String text) {
        return caller.startsWith("root:") ? Answer.ok(text) : Answer.fail("cat: Permission denied\n");
    }

    private static Answer missing(String path) {
        return Answer.fail("cat: " + path + ": No such file or directory\n");
    }
}
