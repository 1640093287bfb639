package net.berth.edgemax;

import java.util.EnumSet;
import java.util.List;
import net.berth.edgemax.commit.BatchApplier;
import net.berth.edgemax.commit.ConfigSaver;
import net.berth.edgemax.commit.Daemon;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigReader;
import net.berth.edgemax.config.RouterShell;
import net.berth.edgemax.seen.LeasesAndNeighbours;
import net.berth.edgemax.ssh.ShellChannel;
import net.berth.edgemax.ssh.SshConnection;
import net.berth.engine.port.Router;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;

/**
 * An EdgeMax router (EdgeOS 1.9 to 2.0) over SSH. Calls are safe from any thread and run one after the other; each opens
 * one exec channel on the kept connection.
 */
public final class EdgeMaxRouter implements Router, AutoCloseable {
    private final EdgeMaxSettings settings;
    private final SshConnection connection;
    private final ConfigReader reader;
    private final BatchApplier.Memory memory = new BatchApplier.Memory();

    /** Connects at the first call. */
    public EdgeMaxRouter(EdgeMaxSettings settings) {
        this.settings = settings;
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
     * The connection died between commit and save: nothing may be left to change, so no later batch would save it. Not
     * while a daemon lies dead that may have died of that commit.
     */
    private void saveOwed() {
        connection.with(RouterShell.WRITER, talk -> {
            RouterShell shell = new RouterShell(talk, settings);
            Daemon needed = reader.read(shell).dnsmasq() ? Daemon.DNSMASQ : Daemon.DHCPD;
            if (Daemon.dead(shell, EnumSet.of(needed), settings).isEmpty()) {
                memory.unsaved().set(new ConfigSaver(settings).save(shell).isPresent());
            }
            return needed;
        });
    }

    @Override
    public Applied apply(Batch batch) {
        RouterView current = connection.with(RouterShell.WRITER, this::view);
        List<RouterChange> changes = batch.changes(current);
        if (changes.isEmpty()) {
            return new Applied(List.of(), List.of(), current, 0);
        }
        return new BatchApplier(connection, settings, reader, memory, batch).apply(changes);
    }

    public static RouterView view(ActiveConfig config, RouterShell shell) {
        return new RouterView(
                config.subnets(),
                config.mappings(),
                config.records(),
                LeasesAndNeighbours.leases(shell, config),
                LeasesAndNeighbours.neighbours(shell));
    }

    @Override
    public void close() {
        connection.close();
    }
}
