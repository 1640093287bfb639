package net.berth.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.berth.engine.GuestConfigs.Reading;
import net.berth.engine.Observer.Observation;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.HostRow;
import net.berth.model.Inventory;
import net.berth.model.NicId;
import net.berth.model.RouterView;
import net.berth.plan.Change;
import net.berth.plan.Foreseen;
import net.berth.plan.GuestPlan;

/** Compares everything: one list of guests, one of rows, one look at the router, one config per guest. Writes nothing. */
final class FullPass {
    private final Guests guests;
    private final GuestConfigs configs;
    private final Observer observer;
    private final LiveLook live;
    private final Releaser releaser;
    private final Watch watch;
    private final GuestQueue queue;
    private final String cluster;

    FullPass(
            Guests guests,
            GuestConfigs configs,
            Observer observer,
            LiveLook live,
            Releaser releaser,
            Watch watch,
            GuestQueue queue,
            String cluster) {
        this.guests = guests;
        this.configs = configs;
        this.observer = observer;
        this.live = live;
        this.releaser = releaser;
        this.watch = watch;
        this.queue = queue;
        this.cluster = cluster;
    }

    PassReport look(boolean writeBack) {
        Inventory inventory = guests.list();
        watch.glimpse(inventory);
        List<HostRow> rows = observer.allRows();
        RouterView router = observer.routerForPass(Duration.ZERO);
        List<GuestPlan> plans = new ArrayList<>();
        List<String> gaps = new ArrayList<>();
        if (!inventory.complete()) {
            gaps.add(inventory.gap());
        }
        List<HostRow> foreseen = rows;
        for (Reading reading : configs.read(inventory)) {
            if (!reading.problem().isEmpty()) {
                gaps.add(reading.problem());
                continue;
            }
            for (Guest guest : reading.guest()) {
                GuestPlan plan = observer.planFrom(guest, foreseen, router, new Ask(false, writeBack, false));
                foreseen = Foreseen.rows(foreseen, plan);
                plans.add(plan);
            }
        }
        List<GuestReport> reports =
                live.askAll(observer.guarded(plans)).stream().map(this::report).toList();
        Set<GuestId> present =
                inventory.guests().stream().map(Inventory.Entry::id).collect(Collectors.toSet());
        watch.expect(expected(rows));
        gaps.addAll(releaser.doubts());
        List<Change> releases = gaps.isEmpty() ? releaser.plan(rows, present, cluster) : List.of();
        return new PassReport(reports, releases, releaser.conflicts(), gaps);
    }

    private Set<GuestId> expected(List<HostRow> rows) {
        return rows.stream()
                .flatMap(row -> row.nic().stream())
                .map(NicId::guest)
                .filter(guest -> guest.cluster().equals(cluster))
                .collect(Collectors.toSet());
    }

    private GuestReport report(GuestPlan plan) {
        GuestReport report = Reports.of(
                new Observation(plan, List.of(), true, true),
                guests.refused(plan.guest().id()));
        return Reports.withFailure(report, queue.failure(plan.guest().id().vmid()));
    }
}
