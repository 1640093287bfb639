package net.berth.engine.read;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.SideBySide;
import net.berth.engine.port.Timer;
import net.berth.engine.report.Seen;
import net.berth.engine.run.Run;
import net.berth.engine.run.Run.Facts;
import net.berth.engine.world.GuestRecord;
import net.berth.engine.world.World;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Policy;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.RowIndex;
import net.berth.plan.entry.ReleaseRule;

/** Gathers the facts for the plan of one guest: what is stale is read, all else comes from the world. */
public record FactReader(
        World world, Reader reader, Timer timer, List<Network> networks, Policy policy, Duration routerMaxAge) {
    /** A start of a settled guest does not wait longer for NIPAP: its rows as last read serve then. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** More than any read takes by its own deadline. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Duration ANY_AGE = Duration.ofDays(3650);

    /** How old a view of the router an address is chosen by: a storm of new guests need not read it hundreds of times. */
    private static final Duration FOR_CHOICE = Duration.ofSeconds(30);

    /** Begins to read the rows of a guest that is known to have some; empty when its rows are read otherwise. */
    public Optional<CompletableFuture<List<AddressRow>>> begin(GuestId id) {
        boolean isManaged = world.known(id)
                .flatMap(GuestRecord::config)
                .filter(policy::selects)
                .isPresent();
        return isManaged && hasRows(id) ? Optional.of(reading(id)) : Optional.empty();
    }

    /**
     * Begins to read what a new guest's address is chosen from, beside its config, when a guest starts that may be new. What is
     * read serves all runs; a system in trouble is asked where its answer is needed.
     */
    @SuppressWarnings("FutureReturnValueIgnored")
    public void beginForNew(int vmid) {
        boolean isKnown = world.lists()
                .place(vmid)
                .map(place -> place.value().id())
                .filter(id -> hasRows(id) || !isSelected(id))
                .isPresent();
        boolean mayBeNew = !isKnown && !world.pass().ended().equals(Instant.EPOCH);
        if (mayBeNew && isWell(Peer.NIPAP)) {
            reader.begin(reader::recentRows);
        }
        if (mayBeNew && isWell(Peer.ROUTER) && networks.stream().anyMatch(Network::onRouter)) {
            reader.begin(() -> reader.router(FOR_CHOICE, Instant.MIN));
        }
    }

    /** As far as its config is known. */
    private boolean isSelected(GuestId id) {
        return world.known(id).flatMap(GuestRecord::config).map(policy::selects).orElse(true);
    }

    private boolean isWell(Peer peer) {
        return world.health(peer).state().up();
    }

    private boolean hasRows(GuestId id) {
        return world.known(id).filter(GuestRecord::hasRows).isPresent();
    }

    private CompletableFuture<List<AddressRow>> reading(GuestId id) {
        return SideBySide.begun(timer.threads(), () -> reader.rowsOf(Set.of(id)).get(id));
    }

    /** The facts for a guest; the rows that are being read for the run already are not read twice. */
    public Facts read(Run run, Guest guest) {
        if (!policy.selects(guest)) {
            return Facts.ofOwn(List.of(), true, world.router(), true, world.now());
        }
        if (isNew(guest.id())) {
            return whole(run, reader.recentRows());
        }
        CompletableFuture<List<AddressRow>> reading = run.rowsToCome().orElseGet(() -> reading(guest.id()));
        Optional<List<AddressRow>> remembered = world.known(guest.id())
                .flatMap(GuestRecord::rows)
                .filter(rows -> run.request().starting());
        if (remembered.isEmpty()) {
            return own(run, SideBySide.answer(reading));
        }
        return answer(reading, PATIENCE)
                .map(rows -> own(run, rows))
                .orElseGet(() -> fromMemory(run, remembered.get(), reading));
    }

    /** A guest that was there when the rows of all were read, and had none. The shared list shows whether it has some now. */
    private boolean isNew(GuestId id) {
        return !world.pass().ended().equals(Instant.EPOCH) && !hasRows(id);
    }

    private Facts fromMemory(Run run, List<AddressRow> remembered, CompletableFuture<List<AddressRow>> reading) {
        if (isOnRouter(run, remembered)) {
            // Rows from memory do not show what another receiver has changed since; the router does.
            answer(SideBySide.begun(timer.threads(), () -> reader.router(Duration.ZERO, Instant.MIN)), PATIENCE);
        }
        View view = view(run, remembered, ANY_AGE, Instant.MIN);
        run.rowsToCome(reading);
        return Facts.ofOwn(remembered, false, view.router(), view.known(), world.now());
    }

    /** The facts once NIPAP has answered, for a guest that cannot be settled from memory. */
    public Facts late(Run run, CompletableFuture<List<AddressRow>> reading) {
        return own(
                run,
                answer(reading, LONGEST)
                        .orElseThrow(() -> new PeerException(
                                Peer.NIPAP,
                                PeerException.Kind.DOWN,
                                "NIPAP does not answer, and " + run.title() + " needs it")));
    }

    /** The guest's own rows, and the router's view if it has a part in them. */
    public Facts own(Run run, List<AddressRow> rows) {
        View view = view(run, rows, age(run, rows), run.record().rowsSince());
        return Facts.ofOwn(rows, true, view.router(), view.known(), world.now());
    }

    /** All rows, for a guest that needs to know of others. */
    public Facts whole(Run run, List<AddressRow> all) {
        if (!hasRows(run.id())) {
            List<AddressRow> own =
                    all.stream().filter(row -> row.isOf(run.id())).toList();
            run.record().rowsRead(own, world.now());
            reader.liveOfNew(run.guest().stream().toList());
        }
        List<AddressRow> own = lastRows(run);
        Duration age = age(run, own);
        View view = view(
                run,
                own,
                age.compareTo(FOR_CHOICE) > 0 ? FOR_CHOICE : age,
                run.record().rowsSince());
        return whole(run, all, true, view, reader.fixedAddresses());
    }

    /** The guest's own rows and the router's view as last seen, after this receiver's own writes. Nothing is read. */
    public Facts lastOwn(Run run) {
        Facts before = run.facts();
        return Facts.ofOwn(lastRows(run), before.ipamKnown(), world.router(), before.routerKnown(), world.now());
    }

    /** Like {@link #lastOwn}, with all rows, and with this view of the router. */
    public Facts lastWhole(Run run, RouterView router) {
        Facts before = run.facts();
        View view = new View(router, before.routerKnown());
        return whole(run, reader.lastRows(), before.ipamKnown(), view, world.fixedAddresses());
    }

    private static List<AddressRow> lastRows(Run run) {
        return run.record().rows().orElse(List.of());
    }

    private Facts whole(
            Run run, List<AddressRow> all, boolean ipamKnown, View view, Map<IpAddress, Set<GuestId>> fixed) {
        List<AddressRow> own = lastRows(run);
        return new Facts(
                own,
                RowIndex.of(Reader.merged(all, run.id(), own)),
                true,
                ipamKnown,
                view.router(),
                view.known(),
                fixed,
                reader.pools(),
                world.now());
    }

    private record View(RouterView router, boolean known) {}

    private View view(Run run, List<AddressRow> rows, Duration maxAge, Instant notBefore) {
        if (!isOnRouter(run, rows)) {
            // The router has no part in this guest; what it was last seen to use counts nevertheless.
            return new View(world.router(), true);
        }
        try {
            return new View(reader.router(maxAge, notBefore), true);
        } catch (PeerException failure) {
            Optional<Seen<RouterView>> last = world.lastRouter();
            if (last.isEmpty()) {
                throw failure;
            }
            return new View(last.get().value(), false);
        }
    }

    private Duration age(Run run, List<AddressRow> rows) {
        // That an old name is off the router may only be noted when it was seen to be: another receiver may write it.
        boolean renamed =
                rows.stream().anyMatch(row -> !row.avp(RowAttributes.WAS).isEmpty());
        return run.request().confirmed() || renamed || isFreed(rows) ? Duration.ZERO : routerMaxAge;
    }

    /**
     * Whether a row is due to be freed. Without its row a router's entry cannot be recognised as Berth's any more, so a
     * fresh view must show that the entries are gone.
     */
    private boolean isFreed(List<AddressRow> rows) {
        return rows.stream()
                .filter(AddressRow::quarantined)
                .flatMap(row -> ReleaseRule.freeAt(row).stream())
                .anyMatch(due -> !due.isAfter(world.now()));
    }

    private boolean isOnRouter(Run run, List<AddressRow> rows) {
        Stream<Network> now = run.guest().stream()
                .flatMap(guest -> guest.nics().stream())
                .flatMap(nic -> Network.of(nic, networks).stream());
        // A NIC that left the router's networks leaves a mapping behind.
        Stream<Network> before = networks.stream().filter(network -> rows.stream()
                .anyMatch(row -> network.prefix().contains(row.address())));
        return Stream.concat(now, before).anyMatch(Network::onRouter);
    }

    /** Empty when the system does not answer, or not in time. */
    private <T> Optional<T> answer(CompletableFuture<T> reading, Duration patience) {
        try {
            return timer.await(reading, patience) ? Optional.of(reading.get()) : Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PeerException(Peer.NIPAP, PeerException.Kind.DOWN, "Berth is stopping", stopped);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof PeerException peer) {
                if (peer.kind() == PeerException.Kind.REFUSED) {
                    throw peer;
                }
                return Optional.empty();
            }
            throw new IllegalStateException(failed.getCause());
        }
    }
}
