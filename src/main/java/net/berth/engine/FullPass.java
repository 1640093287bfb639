package net.berth.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.engine.GuestConfigs.Reading;
import net.berth.engine.Observer.Observation;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.Inventory;
import net.berth.model.NicId;
import net.berth.model.Prefix;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.plan.Change;
import net.berth.plan.GuestPlan;
import net.berth.plan.RowIndex;
import net.berth.plan.view.GuestState;

/** Compares everything: one list of guests, one of rows, one look at the router, one config per guest. Writes nothing. */
final class FullPass {
    private final Guests guests;
    private final GuestConfigs configs;
    private final Observer observer;
    private final LiveLook live;
    private final Releaser releaser;
    private final Watch watch;
    private final GuestQueue queue;
    private final EngineSettings settings;
    private final Tally tally;

    FullPass(
            Guests guests,
            GuestConfigs configs,
            Observer observer,
            LiveLook live,
            Releaser releaser,
            Watch watch,
            GuestQueue queue,
            EngineSettings settings,
            Tally tally) {
        this.guests = guests;
        this.configs = configs;
        this.observer = observer;
        this.live = live;
        this.releaser = releaser;
        this.watch = watch;
        this.queue = queue;
        this.settings = settings;
        this.tally = tally;
    }

    /** Shows how all stands. */
    PassReport look(boolean writeBack) {
        return look(writeBack, PassSteps.UNHEARD);
    }

    PassReport look(boolean writeBack, PassSteps steps) {
        Inventory inventory = guests.list();
        return compare(inventory, writeBack, steps);
    }

    /**
     * A look of the loop's own, whose differences are worked on next. The polls need not look once more at thousands of
     * guests that are found as they should be: hooks would wait behind them.
     */
    PassReport work(PassSteps steps) {
        Inventory inventory = guests.list();
        Set<GuestId> open = watch.look(inventory);
        try {
            PassReport report = compare(inventory, false, steps);
            report.guests().stream()
                    .filter(guest -> guest.state() != GuestState.FAILING && GuestWork.isAtRest(guest.guest()))
                    .forEach(guest -> open.remove(guest.guest().id()));
            return report;
        } finally {
            watch.lookAgain(inventory, open);
        }
    }

    private PassReport compare(Inventory inventory, boolean writeBack, PassSteps steps) {
        List<AddressRow> rows = observer.allRows();
        RouterView router = observer.routerForPass(Duration.ZERO);
        Map<String, List<Prefix>> pools = observer.pools();
        List<GuestPlan> plans = new ArrayList<>();
        List<String> gaps = new ArrayList<>();
        List<GuestReport> unread = new ArrayList<>();
        if (!inventory.complete()) {
            gaps.add(inventory.gap());
        }
        RowIndex foreseen = RowIndex.of(rows);
        for (Reading reading : configs.read(inventory, steps)) {
            if (!reading.problem().isEmpty()) {
                Unread.report(reading.entry(), rows, settings.networks(), reading.problem())
                        .ifPresentOrElse(
                                unread::add, () -> gaps.add(reading.entry().id() + ": " + reading.problem()));
                continue;
            }
            for (Guest guest : reading.guest()) {
                GuestPlan plan = observer.planFrom(guest, foreseen, router, pools, new Ask(false, writeBack, false));
                foreseen.foresee(plan);
                plans.add(plan);
            }
        }
        List<GuestReport> reports = Stream.concat(
                        live.askAll(observer.guarded(plans)).stream().map(this::report), unread.stream())
                .sorted(Comparator.comparing(report -> report.guest().id()))
                .toList();
        Set<GuestId> present =
                inventory.guests().stream().map(Inventory.Entry::id).collect(Collectors.toSet());
        watch.expect(expected(rows));
        gaps.addAll(releaser.doubts());
        List<Change> releases =
                gaps.isEmpty() && unread.isEmpty() ? releaser.plan(rows, present, settings.cluster()) : List.of();
        PassReport report = new PassReport(reports, releases, releaser.conflicts(), gaps);
        tally.pass(report, observer.networks(rows, router));
        return report;
    }

    private Set<GuestId> expected(List<AddressRow> rows) {
        return rows.stream()
                .flatMap(row -> row.nic().stream())
                .map(NicId::guest)
                .filter(guest -> guest.cluster().equals(settings.cluster()))
                .collect(Collectors.toSet());
    }

    private GuestReport report(GuestPlan plan) {
        GuestReport report = Reports.of(
                new Observation(plan, List.of(), true, true),
                guests.refused(plan.guest().id()));
        return Reports.withFailure(report, queue.failure(plan.guest().id().vmid()));
    }
}
