package net.berth.edgemax;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import net.berth.edgemax.commit.Daemon;
import net.berth.edgemax.commit.SavedConfig;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigReader;
import net.berth.edgemax.config.DhcpService;
import net.berth.edgemax.config.RouterShell;
import net.berth.edgemax.ssh.RouterText;
import net.berth.edgemax.ssh.SshConnection;
import net.berth.engine.port.Router;
import net.berth.model.router.DhcpSubnet;

/** What the doctor and the setup read from the router; throws PeerException when there is no usable answer. */
public final class RouterProbe implements AutoCloseable {
    /** The program that every change of the config goes through. */
    public static final String WRAPPER = RouterShell.WRAPPER;

    private final EdgeMaxSettings settings;
    private final SshConnection connection;

    /** Connects with the first call, not before. */
    public RouterProbe(EdgeMaxSettings settings) {
        this.settings = impatient(settings);
        this.connection = new SshConnection(this.settings);
    }

    /** Short deadlines, because a user waits; and a shared network that is missing is a result here, no incomplete read. */
    private static EdgeMaxSettings impatient(EdgeMaxSettings from) {
        Duration step = Duration.ofSeconds(20);
        Duration connect = Duration.ofSeconds(10);
        return new EdgeMaxSettings(
                from.host(),
                from.port(),
                from.username(),
                from.login(),
                from.hostKey(),
                from.legacyAlgorithms(),
                Set.of(),
                new EdgeMaxSettings.Times(connect, step, step, Duration.ofMillis(500), Duration.ofSeconds(10)));
    }

    private <T> T asked(Function<RouterShell, T> question) {
        return connection.with(RouterShell.READER, talk -> question.apply(new RouterShell(talk, settings)));
    }

    /** The hardware and the version of EdgeOS; each is empty when it is not shown. */
    public record Release(String model, String version) {}

    /** What {@code show version} prints. */
    public Release release() {
        String text = asked(
                shell -> shell.run(RouterShell.OPERATION + " show version").text());
        return new Release(line(text, "hw model"), line(text, "version"));
    }

    private static String line(String text, String title) {
        return text.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(title + ":"))
                .map(line ->
                        RouterText.printable(line.substring(title.length() + 1).strip()))
                .findFirst()
                .orElse("");
    }

    /** The user that Berth logs in as, and whether it has {@link #WRAPPER} and {@code sudo} without a password. */
    public record Account(String user, List<String> groups, boolean wrapper, boolean sudo) {}

    /** The user and what it may do. */
    public Account account() {
        return asked(shell -> new Account(
                RouterText.printable(shell.run("id -un").text().strip()),
                List.of(shell.run("id -Gn").text().strip().split("\\s+", -1)),
                shell.run("test -x \"$W\"").ok(),
                shell.run("sudo -n true").ok()));
    }

    /**
     * What would keep a write from working, or what is wrong with the router's saved config; empty when nothing is. Goes the
     * way of a write but for the commit: the shell with the group that owns the config, the lock, the read.
     */
    public String writeTrouble() {
        SavedConfig saved = new SavedConfig();
        connection.with(
                RouterShell.WRITER,
                talk -> saved.rehearse(
                        new RouterShell(talk, settings), new ConfigReader(settings), Router.LOCK_PATIENCE));
        return saved.trouble();
    }

    /** What the router's clock shows, with this machine's time before the question and after the answer. */
    public record Time(Instant theirs, Instant before, Instant after) {}

    /** The router's time; empty when it shows none. */
    public Optional<Time> time(Clock clock) {
        return asked(shell -> {
            Instant before = clock.instant();
            String seconds = shell.run("date +%s").text().strip();
            Instant after = clock.instant();
            return seconds.matches("[0-9]{1,11}")
                    ? Optional.of(new Time(Instant.ofEpochSecond(Long.parseLong(seconds)), before, after))
                    : Optional.<Time>empty();
        });
    }

    /** How the router serves DHCP: with dnsmasq or ISC dhcpd, and whether that program runs. */
    public record Dhcp(boolean dnsmasq, String program, boolean running, List<DhcpSubnet> subnets) {}

    /** DHCP mode and subnets. */
    public Dhcp dhcp() {
        return asked(shell -> {
            ActiveConfig config = new ConfigReader(settings).read(shell);
            Daemon daemon = config.dnsmasq() ? Daemon.DNSMASQ : Daemon.DHCPD;
            boolean running = Daemon.running(shell).contains(daemon);
            return new Dhcp(config.dnsmasq(), daemon.program(), running, config.subnets());
        });
    }

    /** The subnets with the gateway and domain that the router sends to clients. */
    public List<DhcpService> services() {
        return asked(shell -> DhcpService.of(new ConfigReader(settings).read(shell)));
    }

    @Override
    public void close() {
        connection.close();
    }
}
