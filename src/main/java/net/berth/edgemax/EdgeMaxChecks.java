package net.berth.edgemax;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.berth.edgemax.config.ConfigReader;
import net.berth.edgemax.config.DhcpService;
import net.berth.edgemax.config.RouterShell;
import net.berth.edgemax.ssh.SshConnection;
import net.berth.engine.check.Check;
import net.berth.engine.check.Ward;
import net.berth.model.Network;

/** What {@code doctor} looks at on the router. Reads only. */
public final class EdgeMaxChecks implements AutoCloseable {
    private final EdgeMaxSettings settings;
    private final SshConnection connection;
    private final Clock clock;

    /** Connects at the first check. */
    public EdgeMaxChecks(EdgeMaxSettings settings, Clock clock) {
        this.settings = hurried(settings);
        this.connection = new SshConnection(this.settings);
        this.clock = clock;
    }

    /** For a person who waits; a shared network that is not there is a finding here and no torn read. */
    private static EdgeMaxSettings hurried(EdgeMaxSettings from) {
        EdgeMaxSettings.Times times = new EdgeMaxSettings.Times(
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofMillis(500),
                Duration.ofSeconds(10));
        return new EdgeMaxSettings(
                from.host(),
                from.port(),
                from.username(),
                from.login(),
                from.hostKey(),
                from.legacyAlgorithms(),
                Set.of(),
                times);
    }

    /** The subnets that it serves, with what it tells clients. */
    public List<DhcpService> offers() {
        return connection.with(
                RouterShell.READER,
                talk -> DhcpService.of(new ConfigReader(settings).read(new RouterShell(talk, settings))));
    }

    /** All checks. */
    public Ward ward(List<Network> networks) {
        List<Check> checks = List.of(
                new LevelCheck(connection, settings),
                new RouterClockCheck(connection, settings, clock),
                new DhcpCheck(connection, settings, networks));
        return new Ward("router", new LoginCheck(connection, settings), checks);
    }

    @Override
    public void close() {
        connection.close();
    }
}
