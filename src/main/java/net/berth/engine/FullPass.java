package net.berth.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
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
    private final Observer observer;
    private final Releaser releaser;
    private final Watch watch;
    private final GuestQueue queue;
    private final String cluster;

    FullPass(Guests guests, Observer observer, Releaser releaser, Watch watch, GuestQueue queue, String cluster) {
        this.guests = guests;
        this.observer = observer;
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
        List<GuestReport> reports = new ArrayList<>();
        List<String> gaps = new ArrayList<>();
        if (!inventory.complete()) {
            gaps.add(inventory.gap());
        }
        List<HostRow> foreseen = rows;
        for (Reading reading : read(inventory)) {
            if (!reading.problem().isEmpty()) {
                gaps.add(reading.problem());
                continue;
            }
            for (Guest guest : reading.guest()) {
                GuestPlan plan = observer.planFrom(guest, foreseen, router, new Ask(false, writeBack, false));
                foreseen = Foreseen.rows(foreseen, plan);
                reports.add(report(plan));
            }
        }
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

    /**
     * One guest's config.
     *
     * @param guest none when it has gone since
     * @param problem why it could not be read; empty when it could
     */
    record Reading(List<Guest> guest, String problem) {}

    /** The configs of all guests of a list, read side by side. */
    List<Reading> read(Inventory inventory) {
        List<Inventory.Entry> entries = inventory.guests().stream()
                .sorted(Comparator.comparing(Inventory.Entry::id))
                .toList();
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reading>> readings = entries.stream()
                    .map(entry -> readers.submit(() -> read(entry)))
                    .toList();
            List<Reading> all = new ArrayList<>();
            for (Future<Reading> reading : readings) {
                all.add(reading.get());
            }
            return all;
        } catch (ExecutionException problem) {
            throw new IllegalStateException(problem.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PeerException(Peer.PROXMOX, PeerException.Kind.DOWN, "Berth is stopping", stopped);
        }
    }

    private Reading read(Inventory.Entry entry) {
        try {
            return new Reading(guests.read(entry).stream().toList(), "");
        } catch (PeerException problem) {
            return new Reading(List.of(), entry.id() + ": " + problem.getMessage());
        }
    }
}
