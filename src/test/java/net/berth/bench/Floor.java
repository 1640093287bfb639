package net.berth.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import net.berth.config.Settings;
import net.berth.config.SettingsFile;
import net.berth.edgemax.EdgeMaxRouter;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.KnownBatch;
import net.berth.engine.port.Router;
import net.berth.engine.port.SideBySide;
import net.berth.model.AddressWrite;
import net.berth.model.Guest;
import net.berth.model.Inventory;
import net.berth.model.Prefix;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.model.row.NewRow;
import net.berth.nipap.NipapIpam;
import net.berth.proxmox.ProxmoxCompute;

/** The calls that cannot be avoided, made by the program's own clients with nothing between them, side by side where that is possible. */
final class Floor implements AutoCloseable {
    private final Prefix prefix;
    private final ProxmoxCompute compute;
    private final NipapIpam ipam;
    private final EdgeMaxRouter router;

    Floor(Path config) {
        Settings settings = SettingsFile.read(config, Map.of()).settings();
        prefix = settings.engine().networks().getFirst().prefix();
        compute = new ProxmoxCompute(settings.proxmox());
        ipam = new NipapIpam(settings.nipap());
        router = new EdgeMaxRouter(settings.router());
    }

    private static <T> CompletableFuture<T> begun(java.util.function.Supplier<T> ask) {
        return SideBySide.begun(Thread.ofVirtual().factory(), ask);
    }

    /** The start of a settled guest: its config and its rows, side by side. */
    void settled(Inventory.Entry entry) {
        CompletableFuture<Guest> read = begun(() -> compute.read(entry).orElseThrow());
        List<AddressRow> rows = ipam.rowsOf(entry.id());
        if (rows.size() != 1 || SideBySide.answer(read).nics().isEmpty()) {
            throw new IllegalStateException(entry.id() + " has " + rows.size() + " rows");
        }
    }

    /** The first start of a guest: its config beside the list of rows, a claim, and a session that looks at the claim again. */
    void first(Inventory.Entry entry, NewRow row, RouterChange mapping) {
        CompletableFuture<Guest> read = begun(() -> compute.read(entry).orElseThrow());
        ipam.rowsIn(prefix);
        SideBySide.answer(read);
        ipam.claim(row);
        check(router.apply(new Looking(entry, mapping)));
    }

    private final class Looking implements Router.Batch {
        private final Inventory.Entry entry;
        private final RouterChange mapping;

        Looking(Inventory.Entry entry, RouterChange mapping) {
            this.entry = entry;
            this.mapping = mapping;
        }

        @Override
        public List<RouterChange> changes(RouterView current) {
            ipam.rowsOf(entry.id());
            return List.of(mapping);
        }

        @Override
        public void settled(Map<Integer, Router.Outcome> outcomes, RouterView after) {}
    }

    /** One session with all changes. */
    void session(List<? extends RouterChange> changes) {
        check(router.apply(KnownBatch.of(List.copyOf(changes))));
    }

    private static void check(Router.Applied applied) {
        for (Router.Outcome outcome : applied.outcomes()) {
            if (!(outcome instanceof Router.Outcome.Done)) {
                throw new IllegalStateException("the router answers " + outcome);
            }
        }
    }

    /** A pass with nothing to do: the lists and the router, and beside them each config, as many at once as a pass reads. */
    List<Guest> pass() {
        CompletableFuture<RouterView> seen = begun(router::read);
        CompletableFuture<List<AddressRow>> rows = begun(() -> ipam.rowsIn(prefix));
        List<Guest> guests = atOnce(
                compute.inventory().guests(), entry -> compute.read(entry).orElseThrow());
        SideBySide.answer(rows);
        SideBySide.answer(seen);
        return guests;
    }

    /** A first pass: what a pass reads, then all claims, one session with all mappings, and each config. */
    void firstPass(List<NewRow> rows, List<? extends RouterChange> mappings, List<AddressWrite> writes) {
        pass();
        for (Ipam.Claim claim : ipam.claim(rows)) {
            if (!(claim instanceof Ipam.Claim.Made)) {
                throw new IllegalStateException("NIPAP answers " + claim);
            }
        }
        session(mappings);
        for (Compute.WriteResult result : atOnce(writes, compute::write)) {
            if (!(result instanceof Compute.WriteResult.Written)) {
                throw new IllegalStateException("Proxmox answers " + result);
            }
        }
    }

    private static <T, R> List<R> atOnce(List<T> questions, java.util.function.Function<T, R> ask) {
        Semaphore slots = new Semaphore(Compute.BACKGROUND_READS);
        return SideBySide.map(questions, question -> {
            slots.acquireUninterruptibly();
            try {
                return ask.apply(question);
            } finally {
                slots.release();
            }
        });
    }

    @Override
    public void close() {
        router.close();
        ipam.close();
        compute.close();
    }
}
