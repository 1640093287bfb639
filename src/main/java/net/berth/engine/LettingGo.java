package net.berth.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.berth.model.HostRow;
import net.berth.model.NicId;
import net.berth.model.Policy;
import net.berth.model.RouterView;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;
import net.berth.plan.ReleaseRule;

/**
 * Lets go of guests by a person's order, whether they are there or not: their rows rest, their entries leave the router.
 * What is let go is noted in the rows, so that every receiver leaves it alone.
 */
final class LettingGo {
    private static final int TRIES = 5;
    private final Observer observer;
    private final Applier applier;
    private final EngineSettings settings;
    private final Clock clock;

    LettingGo(Observer observer, Applier applier, EngineSettings settings, Clock clock) {
        this.observer = observer;
        this.applier = applier;
        this.settings = settings;
        this.clock = clock;
    }

    /** What is to be done for these VMIDs, or for all when there are none. */
    List<Change> plan(Set<Integer> vmids) {
        RouterView router = observer.routerForPass(Duration.ZERO);
        return rows(vmids).stream().flatMap(row -> step(row, router).stream()).toList();
    }

    /** Does it; answers what was done. All entries leave the router in one batch. */
    List<Change> carryOut(Set<Integer> vmids) {
        List<Change> done = new ArrayList<>();
        if (settings.policy().mode() == Policy.Mode.REPORT) {
            throw new PeerException(
                    Peer.NIPAP,
                    PeerException.Kind.REFUSED,
                    "mode: report changes nothing; --dry-run shows what it would");
        }
        for (int i = 0; i < TRIES; i++) {
            List<Change> changes = plan(vmids);
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
            rows(vmids).stream()
                    .filter(HostRow::quarantined)
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

    private List<HostRow> rows(Set<Integer> vmids) {
        return observer.allRows().stream()
                .filter(HostRow::ours)
                .filter(row -> row.nic()
                        .filter(nic -> nic.guest().cluster().equals(settings.cluster()))
                        .filter(nic ->
                                vmids.isEmpty() || vmids.contains(nic.guest().vmid()))
                        .isPresent())
                .toList();
    }

    private List<Change> step(HostRow row, RouterView router) {
        return ReleaseRule.byOrder(
                row.nic().orElseThrow(), row, router, settings.policy().releaseAfter(), clock.instant());
    }
}
