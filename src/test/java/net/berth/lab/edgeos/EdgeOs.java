package net.berth.lab.edgeos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A running stand-in for an EdgeMax router on the loopback address. It begins with a small home network (shared network
 * {@code LAN}, 192.168.1.0/24, domain {@code home.lan}) in dnsmasq mode; the rest is preset by the caller.
 */
public final class EdgeOs implements AutoCloseable {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private final Faults faults = new Faults();
    private final Counters counters = new Counters();
    private final Daemons daemons = new Daemons(counters, faults);
    private final ConfigSystem config = new ConfigSystem(faults, counters, daemons);
    private final LeaseTable leases = new LeaseTable();
    private final NeighbourTable neighbours = new NeighbourTable();
    private final Map<String, ShellCommand> running = new ConcurrentHashMap<>();
    private final ProgramServer programs;
    private final ToolFolder tools;
    private final SshFront ssh;

    private EdgeOs(Options options) throws IOException {
        programs = new ProgramServer(new RouterPrograms(
                config,
                daemons,
                new RouterFiles(config, daemons, leases, faults),
                leases,
                neighbours,
                faults,
                this::cut));
        tools = new ToolFolder();
        ssh = new SshFront(options, counters, this::command);
    }

    /** Starts an empty router: no config at all. */
    public static EdgeOs empty(Options options) {
        try {
            return new EdgeOs(options);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Starts a router with the small home network. */
    public static EdgeOs start() {
        return start(Options.current());
    }

    /** The same with options. */
    public static EdgeOs start(Options options) {
        EdgeOs router = empty(options);
        router.preset(HomeNetwork.CONFIG);
        return router;
    }

    private ShellCommand command(String command) {
        counters.execs.incrementAndGet();
        Map<String, String> environment = Map.of(
                "PATH", tools.path(),
                "EDGEOS_LAB_PORT", Integer.toString(programs.port()),
                "EDGEOS_LAB_VYATTA", tools.vyatta(),
                "EDGEOS_LAB_USER", Options.USER);
        ShellCommand shell = new ShellCommand(command, environment, faults, done -> running.remove(done.id()));
        running.put(shell.id(), shell);
        counters.execsAtOnce.accumulateAndGet(running.size(), Math::max);
        return shell;
    }

    private void cut(String channel, Faults.Cut how) {
        ShellCommand shell = running.get(channel);
        if (shell != null) {
            shell.cut(how);
        }
    }

    /** The SSH port on 127.0.0.1. */
    public int port() {
        return ssh.port();
    }

    /** The fingerprint of the host key, {@code SHA256:...}. */
    public String hostKey() {
        return ssh.hostKey();
    }

    /** Type and base64 of the host key, as a file of known hosts has them. */
    public String hostKeyLine() {
        return ssh.hostKeyLine();
    }

    /** Gives the router another host key. */
    public void newHostKey() {
        ssh.newHostKey();
        ssh.dropConnections();
    }

    /** Ends all connections. */
    public void dropConnections() {
        ssh.dropConnections();
    }

    /** Lets a key in. */
    public void acceptKey(PublicKey key) {
        ssh.accept(key);
    }

    /** Adds {@code set} lines to the active and the saved config as if they had always been there; nothing is checked. */
    public void preset(String lines) {
        config.preset(lines.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("set "))
                .map(line -> words(line.substring(4)))
                .toList());
    }

    /** What another admin does at the command line: lines of set and delete, then commit and save. */
    public void admin(String lines) {
        String id = "admin";
        config.run(id, "ubnt:vyattacfg", List.of("begin"));
        lines.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> wrapper(id, line));
        Answer commit = config.run(id, "ubnt:vyattacfg", List.of("commit"));
        config.run(id, "ubnt:vyattacfg", List.of("end"));
        if (commit.code() != 0) {
            throw new IllegalStateException("the admin's commit failed: " + commit.text());
        }
        config.boot().keep(config.active());
    }

    /** Whether a commit runs. */
    public boolean isCommitting() {
        return config.isCommitting();
    }

    /** Another admin has a session open with uncommitted lines. */
    public void beginSession(String id, String lines) {
        wrapper(id, "begin");
        lines.lines().map(String::strip).forEach(line -> wrapper(id, line));
    }

    /** One call of the wrapper in a session of the caller's choice, as a line of text. */
    Answer wrapper(String id, String line) {
        return config.run(id, "ubnt:vyattacfg", words(line));
    }

    Answer wrapper(String id, List<String> words) {
        return config.run(id, "ubnt:vyattacfg", words);
    }

    /** The active config as {@code set} lines, in a fixed order: two dumps are equal if and only if the configs are. */
    public String dump() {
        return config.dump();
    }

    /** What the router shows of its active config: defaults included. */
    String shownConfig() {
        return config.showCommands(true);
    }

    /** The saved config in the same form. */
    public String savedDump() {
        return config.savedDump();
    }

    /** The user and group that saved last, such as {@code root:vyattacfg}; empty when nobody did. */
    public String savedBy() {
        return config.boot().savedBy();
    }

    /** A person moves the saved config away. */
    public void removeSaved() {
        config.boot().remove();
    }

    /** The config sessions that are open, leaked ones too. */
    public List<String> openSessions() {
        return config.openSessions();
    }

    /** All static mappings: "network name mac address". */
    public List<String> mappings() {
        return new DhcpConfig(config.active())
                .reservations().stream()
                        .map(map -> map.network() + " " + map.name() + " " + map.mac() + " " + map.address())
                        .toList();
    }

    /** Every name that the router's DNS answers to, with its addresses. */
    public Map<String, List<String>> names() {
        return daemons.names();
    }

    /** The lines of {@code /etc/hosts} that the config made. */
    public List<String> hostsFile() {
        return daemons.hostsFile();
    }

    /** What the router writes into the config of its dnsmasq; the lines of {@link #hostsFile()} are beside it. */
    public String dnsmasqConfig() {
        return new DnsmasqText(config.active()).text();
    }

    /** What the router writes for ISC dhcpd; empty in dnsmasq mode. */
    public String iscConfig() {
        return new DhcpConfig(config.active()).dnsmasq() ? "" : new IscText(config.active()).text();
    }

    /** Whether the daemon that gives DHCP runs. */
    public boolean dhcpRuns() {
        boolean dnsmasq = new DhcpConfig(config.active()).dnsmasq();
        return daemons.pidof(List.of(dnsmasq ? "dnsmasq" : "dhcpd")).code() == 0;
    }

    /** A client takes a lease. */
    public void lease(String address, String mac, Instant expires, String pool, String name) {
        leases.add(address, mac, expires, pool, name);
    }

    /** The lease table is printed in this zone from now on; nobody knows which one a router takes. */
    public void showsLeaseTimesIn(ZoneId zone) {
        leases.zone(zone);
    }

    /** A lease whose date the router prints in another form. */
    public void leaseWithDate(String address, String mac, String date, String pool, String name) {
        leases.addRaw(address, mac, date, pool, name);
    }

    /** The router meets a machine on the wire; {@code state} as the kernel says it: REACHABLE, STALE, FAILED. */
    public void neighbour(String address, String mac, String state) {
        neighbours.add(address, mac, state);
    }

    /** A lease ends. */
    public void endLease(String address) {
        leases.remove(address);
    }

    /** The lease table begins with a warning about this address as a number. */
    public void leaseWarning(long number) {
        leases.warn(number);
    }

    /** What goes wrong. */
    public Faults faults() {
        return faults;
    }

    /** What the router was made to do. */
    public Counters counters() {
        return counters;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words;
    }

    @Override
    public void close() {
        running.values().forEach(shell -> shell.cut(Faults.Cut.KILL));
        for (AutoCloseable part : Arrays.asList(ssh, programs, tools)) {
            try {
                part.close();
            } catch (Exception broken) {
                throw new IllegalStateException("the router of the lab did not stop", broken);
            }
        }
    }
}
