package net.berth.edgemax;

import java.time.Duration;
import java.util.EnumSet;
import net.berth.edgemax.commit.BatchApplier;
import net.berth.edgemax.commit.ConfigSession;
import net.berth.edgemax.commit.Daemon;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigReader;
import net.berth.edgemax.config.RouterLock;
import net.berth.edgemax.config.RouterShell;
import net.berth.edgemax.seen.LeasesAndNeighbours;
import net.berth.edgemax.ssh.RouterFailure;
import net.berth.edgemax.ssh.ShellChannel;
import net.berth.edgemax.ssh.SshConnection;
import net.berth.engine.port.Router;
import net.berth.model.router.RouterView;

/**
 * An EdgeMax router (EdgeOS 1.9 to 2.0) over SSH. Calls are safe from any thread and run one after the other; each opens
 * one exec channel on the kept connection.
 */
public final class EdgeMaxRouter implements Router, AutoCloseable {
    private static final Duration SHORT_WAIT = Duration.ofSeconds(1);
    private final EdgeMaxSettings settings;
    private final Duration patience;
    private final SshConnection connection;
    private final ConfigReader reader;
    private final BatchApplier.Memory memory = new BatchApplier.Memory();

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
        if (memory.unsaved().get()) {
            saveOwed();
        }
        return view;
    }

    private RouterView view(ShellChannel talk) {
        RouterShell shell = new RouterShell(talk, settings);
        return view(reader.read(shell), shell);
    }

    /**
     * The connection died between commit and save: a later batch that finds nothing to change would not save it. A commit of
     * another receiver that runs now saves it too. Not while a daemon is dead that may have died of that commit.
     */
    private void saveOwed() {
        connection.with(RouterShell.WRITER, talk -> {
            RouterShell shell = new RouterShell(talk, settings);
            if (!shell.lock(SHORT_WAIT, patience)) {
                return shell;
            }
            Daemon needed = reader.read(shell).dnsmasq() ? Daemon.DNSMASQ : Daemon.DHCPD;
            if (Daemon.dead(shell, EnumSet.of(needed)).isEmpty()) {
                memory.unsaved().set(ConfigSession.save(shell).isPresent());
            }
            return shell;
        });
    }

    @Override
    public Applied apply(Batch batch) {
        return connection.with(RouterShell.WRITER, talk -> {
            RouterShell shell = new RouterShell(talk, settings);
            Duration wait = settings.times().commit();
            if (!shell.lock(wait, patience)) {
                throw RouterFailure.down("another receiver has been writing to the router " + settings.host() + " for "
                        + wait.toSeconds() + " s (it holds " + RouterLock.FILE + "); nothing was changed");
            }
            return new BatchApplier(shell, reader, memory, batch).apply();
        });
    }

    public static RouterView view(ActiveConfig config, RouterShell shell) {
        return new RouterView(
                config.subnets(),
                config.mappings(),
                config.records(),
                config.addresses(),
                LeasesAndNeighbours.leases(shell, config),
                LeasesAndNeighbours.neighbours(shell));
    }

    @Override
    public void close() {
        connection.close();
    }
}
