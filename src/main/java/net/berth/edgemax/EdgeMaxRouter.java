package net.berth.edgemax;

import java.time.Duration;
import java.util.EnumSet;
import net.berth.edgemax.commit.BatchApplier;
import net.berth.edgemax.commit.Daemon;
import net.berth.edgemax.commit.SavedConfig;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigReader;
import net.berth.edgemax.config.RouterLock;
import net.berth.edgemax.config.RouterShell;
import net.berth.edgemax.seen.LeasesAndNeighbours;
import net.berth.edgemax.ssh.RouterFailure;
import net.berth.edgemax.ssh.ShellChannel;
import net.berth.edgemax.ssh.SshConnection;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.model.router.Outage;
import net.berth.model.router.RouterView;

/** An EdgeMax router (EdgeOS 1.9 to 2.0) over SSH. Calls run one after the other, on one kept connection. */
public final class EdgeMaxRouter implements Router, AutoCloseable {
    private final EdgeMaxSettings settings;
    private final Duration patience;
    private final SshConnection connection;
    private final ConfigReader reader;
    private final BatchApplier.Memory memory = new BatchApplier.Memory();
    /** That the DHCP server did not run when the router was last read; empty while it runs. */
    private volatile String idle = "";

    /** Connects at the first call. */
    public EdgeMaxRouter(EdgeMaxSettings settings) {
        this(settings, LOCK_PATIENCE);
    }

    /** With a time of its own after which the router frees the lock of a receiver that sends nothing. */
    EdgeMaxRouter(EdgeMaxSettings settings, Duration patience) {
        this.settings = settings;
        this.patience = patience;
        connection = new SshConnection(settings);
        reader = new ConfigReader(settings);
    }

    @Override
    public RouterView read() {
        RouterView view = connection.with(RouterShell.READER, this::view);
        if (memory.saved().isInDoubt()) {
            rehearse();
        }
        return view;
    }

    private RouterView view(ShellChannel talk) {
        RouterShell shell = new RouterShell(talk, settings);
        ActiveConfig config = reader.read(shell);
        String program = needed(config).program();
        idle = isServing(config, shell)
                ? ""
                : program
                        + " does not run on the router, so no guest gets its address from it; on the router: show log |"
                        + " match " + program;
        return view(config, shell, idle);
    }

    @Override
    public String trouble() {
        String saved = memory.saved().trouble();
        return saved.isEmpty() ? idle : saved;
    }

    /**
     * Looks whether a write would work; and saves what an earlier one may not have saved: the connection may have died between
     * commit and save, and a later batch that finds nothing to change would not save it. Not while a daemon is dead that may
     * have died of that commit.
     */
    private void rehearse() {
        SavedConfig saved = memory.saved();
        try {
            connection.with(RouterShell.WRITER, talk -> {
                RouterShell shell = new RouterShell(talk, settings);
                return saved.rehearse(shell, reader, patience)
                        .filter(config -> saved.isDue() && isServing(config, shell))
                        .map(config -> saved.save(shell));
            });
        } catch (PeerException failure) {
            saved.unwritable(String.valueOf(failure.getMessage()));
        }
    }

    /** Several looks, since the DHCP server may be about to start; one that was dead before is looked at once. */
    private boolean isServing(ActiveConfig config, RouterShell shell) {
        boolean isOff =
                config.subnets().stream().noneMatch(subnet -> subnet.off().isEmpty());
        Daemon needed = needed(config);
        return isOff
                || (idle.isEmpty()
                        ? Daemon.dead(shell, EnumSet.of(needed)).isEmpty()
                        : Daemon.running(shell).contains(needed));
    }

    private static Daemon needed(ActiveConfig config) {
        return config.dnsmasq() ? Daemon.DNSMASQ : Daemon.DHCPD;
    }

    @Override
    public Applied apply(Batch batch) {
        try {
            return connection.with(RouterShell.WRITER, talk -> apply(batch, talk));
        } catch (PeerException failure) {
            memory.saved().doubt();
            throw failure;
        }
    }

    private Applied apply(Batch batch, ShellChannel talk) {
        RouterShell shell = new RouterShell(talk, settings);
        Duration wait = settings.times().commit();
        if (!shell.lock(wait, patience)) {
            throw RouterFailure.down("another receiver has been writing to the router " + settings.host() + " for "
                    + wait.toSeconds() + " s (it holds " + RouterLock.FILE + "); nothing was changed");
        }
        return new BatchApplier(shell, reader, memory, batch).apply();
    }

    /** The view after a commit, behind which the DHCP server is known to run. */
    public static RouterView view(ActiveConfig config, RouterShell shell) {
        return view(config, shell, "");
    }

    private static RouterView view(ActiveConfig config, RouterShell shell, String idle) {
        // With dnsmasq one program does both.
        String silent = config.unanswered().isEmpty() && config.dnsmasq() ? idle : config.unanswered();
        return new RouterView(
                config.subnets(),
                config.mappings(),
                config.records(),
                config.addresses(),
                config.hosts(),
                LeasesAndNeighbours.leases(shell, config),
                LeasesAndNeighbours.neighbours(shell),
                config.pools(),
                new Outage(idle, silent));
    }

    @Override
    public void close() {
        connection.close();
    }
}
