package net.berth.proxmox;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import net.berth.engine.port.Compute;
import net.berth.model.AddressWrite;
import net.berth.model.Guest;
import net.berth.model.Guest.LiveAddress;
import net.berth.model.GuestId;
import net.berth.model.Inventory;
import net.berth.proxmox.api.PveApi;
import net.berth.proxmox.api.PveError;
import net.berth.proxmox.api.PveException;

/** Proxmox VE 8 and 9 as {@link Compute}, over the REST API with an API token. Safe for many threads. */
public final class ProxmoxCompute implements Compute, AutoCloseable {
    /** An agent that hangs must not keep the reads waiting that matter. */
    private static final Duration LIVE_LIMIT = Duration.ofSeconds(5);

    private final PveApi api;
    private final Cluster cluster;
    private final TaskHistory history;
    private final AddressWriter writer;

    /** Connects to nothing yet. */
    public ProxmoxCompute(ProxmoxSettings settings) {
        this(settings, InstantSource.system());
    }

    /** With a clock that says how long ago a task ended. */
    ProxmoxCompute(ProxmoxSettings settings, InstantSource clock) {
        this.api = new PveApi(settings);
        this.cluster = new Cluster(api, settings.cluster());
        this.history = new TaskHistory(api, cluster, settings.token().id(), clock);
        this.writer = new AddressWriter(api);
    }

    @Override
    public Inventory inventory() {
        return PveException.translating(cluster::inventory);
    }

    @Override
    public Optional<Guest> read(Inventory.Entry entry) {
        return PveException.translating(
                () -> unlessGone(() -> GuestReader.guest(entry, api.config(entry.node(), entry.id()))));
    }

    @Override
    public Optional<Inventory.Entry> status(Inventory.Entry entry) {
        return PveException.translating(() ->
                unlessGone(() -> GuestReader.entry(entry.id(), entry.node(), api.status(entry.node(), entry.id()))));
    }

    private static <T> Optional<T> unlessGone(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (PveException e) {
            if (e.error() instanceof PveError.NoSuchConfig) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * A config that is not on its last node may have moved, so every node is asked: one config found is presence, and
     * only "does not exist" from each of them is absence. The last node is not asked when the cluster has lost it.
     */
    @Override
    public Presence presence(GuestId guest, String lastNode) {
        Set<String> asked = PveException.translating(() -> {
            Set<String> names = cluster.names();
            if (!lastNode.isEmpty() && !names.contains(lastNode) && !cluster.areAll(names)) {
                names.add(lastNode);
            }
            return names;
        });
        if (asked.isEmpty()) {
            return new Presence.Unknown("Proxmox lists no node");
        }
        Presence presence = new Presence.Absent();
        for (String node : asked) {
            Presence there = presenceOn(node, guest);
            if (there instanceof Presence.Present) {
                return there;
            }
            presence = there instanceof Presence.Unknown ? there : presence;
        }
        return presence;
    }

    private Presence presenceOn(String node, GuestId guest) {
        try {
            api.config(node, guest);
            return new Presence.Present();
        } catch (PveException e) {
            return e.error() instanceof PveError.NoSuchConfig
                    ? new Presence.Absent()
                    : new Presence.Unknown(e.explanation());
        }
    }

    @Override
    public History history(Guest guest) {
        return PveException.translating(() -> history.of(guest));
    }

    @Override
    public List<LiveAddress> live(Guest guest) {
        try {
            return GuestReader.live(api.interfaces(guest.node(), guest.id(), LIVE_LIMIT));
        } catch (PveException noAgentNoRightNoAnswer) {
            return List.of();
        }
    }

    @Override
    public WriteResult write(AddressWrite write) {
        return writer.write(write);
    }

    @Override
    public WriteResult regenerateImage(Guest guest) {
        return writer.regenerateImage(guest);
    }

    @Override
    public void close() {
        api.close();
    }
}
