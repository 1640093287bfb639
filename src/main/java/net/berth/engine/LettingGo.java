package net.berth.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.model.GuestId;
import net.berth.model.NicId;
import net.berth.model.Policy;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;
import net.berth.plan.entry.ReleaseRule;

/**
 * Lets go of guests by a person's order, whether they are there or not: their rows rest, their entries leave the router.
 * What is let go is noted in the rows, so that every receiver leaves it alone.
 */
final class LettingGo {
    private static final int TRIES = 5;
    private final Guests guests;
    private final Observer observer;
    private final Applier applier;
    private final EngineSettings settings;
    private final Clock clock;

    LettingGo(Guests guests, Observer observer, Applier applier, EngineSettings settings, Clock clock) {
        this.guests = guests;
        this.observer = observer;
        this.applier = applier;
        this.settings = settings;
        this.clock = clock;
    }

    /** All guests of this cluster that have rows. */
    Set<GuestId> all() {
        return rows(guest -> true).stream().map(LettingGo::guest).collect(Collectors.toSet());
    }

    /**
     * The guests that are meant by VMIDs. A VM that is gone and a container that is there, or the other way round, may have
     * one number: then the one that is gone is meant for as long as it has rows, so that an order that is given twice does
     * not reach the other.
     */
    Set<GuestId> numbered(Set<Integer> vmids) {
        Set<GuestId> meant = new HashSet<>();
        rows(guest -> vmids.contains(guest.vmid())).stream()
                .collect(Collectors.groupingBy(row -> guest(row).vmid()))
                .values()
                .forEach(rows -> meant.addAll(ofOneNumber(rows)));
        return meant;
    }

    private Set<GuestId> ofOneNumber(List<AddressRow> rows) {
        Set<GuestId> all = rows.stream().map(LettingGo::guest).collect(Collectors.toSet());
        if (all.size() == 1) {
            return all;
        }
        Set<GuestId> gone = all.stream().filter(guest -> !guests.exists(guest)).collect(Collectors.toSet());
        return gone.isEmpty() ? all : gone;
    }

    /** What is to be done for these guests. */
    List<Change> plan(Set<GuestId> whom) {
        RouterView router = observer.routerForPass(Duration.ZERO);
        return rows(whom::contains).stream()
                .flatMap(row -> step(row, router).stream())
                .toList();
    }

    /** Does it; answers what was done. All entries leave the router in one batch. */
    List<Change> carryOut(Set<GuestId> whom) {
        List<Change> done = new ArrayList<>();
        if (settings.policy().mode() == Policy.Mode.REPORT) {
            throw new PeerException(
                    Peer.NIPAP,
                    PeerException.Kind.REFUSED,
                    "mode: report changes nothing; --dry-run shows what it would");
        }
        for (int i = 0; i < TRIES; i++) {
            List<Change> changes = plan(whom);
            if (changes.isEmpty()) {
                return done;
            }
            // Row by row: one that was overtaken is planned anew, the others go on.
            changes.stream().filter(change -> change.stage() == Stage.INTENT).forEach(change -> {
                if (applier.rows(List.of(change))) {
                    done.add(change);
                }
            });
            Set<NicId> resting = new HashSet<>();
            rows(whom::contains).stream()
                    .filter(AddressRow::quarantined)
                    .forEach(row -> resting.add(row.nic().orElseThrow()));
            List<Change> onRouter = changes.stream()
                    .filter(change -> change.stage() == Stage.ROUTER && resting.contains(change.nic()))
                    .toList();
            if (!onRouter.isEmpty() && applier.router(onRouter).refused().isEmpty()) {
                done.addAll(onRouter);
            }
        }
        throw new PeerException(
                Peer.ROUTER,
                PeerException.Kind.DOWN,
                "not everything could be let go in " + TRIES + " tries; try again");
    }

    private List<AddressRow> rows(Predicate<GuestId> whom) {
        return observer.allRows().stream()
                .filter(AddressRow::ours)
                .filter(row -> row.nic()
                        .map(NicId::guest)
                        .filter(guest -> guest.cluster().equals(settings.cluster()) && whom.test(guest))
                        .isPresent())
                .toList();
    }

    private static GuestId guest(AddressRow row) {
        return row.nic().orElseThrow().guest();
    }

    private List<Change> step(AddressRow row, RouterView router) {
        return ReleaseRule.byOrder(
                row.nic().orElseThrow(), row, router, settings.policy().releaseAfter(), clock.instant());
    }
}
