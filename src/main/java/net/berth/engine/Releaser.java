package net.berth.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Ipam;
import net.berth.model.GuestId;
import net.berth.model.NicId;
import net.berth.model.Policy;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.plan.Change;
import net.berth.plan.Change.Stage;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.entry.ReleaseRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of guests that are gone. Closed on failure: two complete lists in a row must lack the guest, Proxmox must say
 * that its config does not exist, and when many vanish at once a person must confirm.
 */
final class Releaser {
    private static final Logger LOG = LoggerFactory.getLogger(Releaser.class);
    static final int LISTS = 2;
    private static final Duration AGAIN = Duration.ofMillis(100);
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);

    /** Nothing tells when a right or a node is back. */
    private static final Duration DOUBT_PAUSE = Duration.ofMinutes(1);

    private final Compute compute;
    private final Ipam ipam;
    private final Applier applier;
    private final Watch watch;
    private final Observer observer;
    private final Policy policy;
    private final Clock clock;
    private final Map<GuestId, String> doubts = new ConcurrentHashMap<>();

    Releaser(Compute compute, Ipam ipam, Applier applier, Watch watch, Observer observer, Policy policy, Clock clock) {
        this.compute = compute;
        this.ipam = ipam;
        this.applier = applier;
        this.watch = watch;
        this.observer = observer;
        this.policy = policy;
        this.clock = clock;
    }

    /** Missing guests with this number; containers and VMs share the numbers. */
    private List<GuestId> missing(int vmid) {
        return watch.missing(LISTS).stream().filter(id -> id.vmid() == vmid).toList();
    }

    /** Takes the next steps for a number that Proxmox does not show; answers when the step after that is due. */
    Duration release(int vmid) {
        Duration again = Duration.ZERO;
        for (GuestId guest : missing(vmid)) {
            Duration next = release(guest);
            again = again.isZero() || (!next.isZero() && next.compareTo(again) < 0) ? next : again;
        }
        return again;
    }

    private Duration release(GuestId guest) {
        List<AddressRow> rows = ipam.rowsOf(guest);
        if (rows.isEmpty()) {
            watch.forget(guest);
            doubts.remove(guest);
            return Duration.ZERO;
        }
        boolean live = rows.stream().anyMatch(row -> !row.quarantined());
        // A list that came late may show them all again: then none is held, and none is to be released either.
        boolean back = !missing(guest.vmid()).contains(guest);
        if (policy.mode() != Policy.Mode.SYNC || back || (live && isHeld())) {
            // Proxmox is not asked about it any more: what it said before would keep every later pass from releasing.
            doubts.remove(guest);
            return Duration.ZERO;
        }
        Optional<String> doubt = doubt(compute.presence(guest, watch.lastNode(guest)));
        if (doubt.isPresent()) {
            String text = guest + " is in no list, but " + doubt.get() + "; nothing of it is released";
            LOG.warn(text);
            doubts.put(guest, text);
            return DOUBT_PAUSE;
        }
        doubts.remove(guest);
        return steps(guest, rows);
    }

    private static Optional<String> doubt(Compute.Presence presence) {
        return switch (presence) {
            case Compute.Presence.Absent absent -> Optional.empty();
            case Compute.Presence.Present present -> Optional.of("its config is there");
            case Compute.Presence.Unknown unknown ->
                Optional.of("Proxmox does not say that it does not exist: " + unknown.why());
        };
    }

    /** Missing guests of which Proxmox does not say that they are gone, each with the cause. */
    List<String> doubts() {
        doubts.keySet().retainAll(watch.missing(LISTS));
        return doubts.values().stream().sorted().toList();
    }

    private Duration steps(GuestId guest, List<AddressRow> rows) {
        Instant now = clock.instant();
        RouterView view = observer.routerFor(guest, rows);
        for (AddressRow row : rows) {
            List<Change> changes = plan(row, view, now);
            List<Change> intent = changes.stream()
                    .filter(change -> change.stage() == Stage.INTENT)
                    .toList();
            if (!applier.rows(intent)) {
                return Duration.ofSeconds(1);
            }
            List<Change> onRouter = changes.stream()
                    .filter(change -> change.stage() == Stage.ROUTER)
                    .toList();
            if (!onRouter.isEmpty()) {
                boolean refused = !applier.router(onRouter).refused().isEmpty();
                return refused ? AFTER_REFUSAL : AGAIN;
            }
            if (!intent.isEmpty()) {
                // Another receiver may have put it on the router since the view was read.
                return AGAIN;
            }
            applier.rows(changes.stream()
                    .filter(change -> change.stage() == Stage.NOTE)
                    .toList());
        }
        return ipam.rowsOf(guest).stream()
                .map(row -> ReleaseRule.freeAt(row).orElse(Instant.MAX))
                .min(Comparator.naturalOrder())
                .filter(due -> due.isBefore(Instant.MAX))
                .map(due -> Duration.between(now, due).plusMillis(50))
                .filter(Duration::isPositive)
                .orElse(AGAIN);
    }

    private List<Change> plan(AddressRow row, RouterView view, Instant now) {
        NicId nic = row.nic().orElseThrow();
        return ReleaseRule.plan(nic, row, view, policy.releaseAfter(), now, nic.guest() + " does not exist any more");
    }

    /** Whether so many vanished at once that a person must confirm. */
    private boolean isHeld() {
        return vanished().size() > policy.releaseLimit();
    }

    /** Missing guests whose rows are still live. */
    private Set<GuestId> vanished() {
        Set<GuestId> missing = watch.missing(LISTS);
        if (missing.size() <= policy.releaseLimit()) {
            return Set.of();
        }
        Set<GuestId> live = new TreeSet<>();
        observer.allRows().stream()
                .filter(row -> !row.quarantined())
                .flatMap(row -> row.nic().stream())
                .map(NicId::guest)
                .filter(missing::contains)
                .forEach(live::add);
        return live;
    }

    /** The breaker's conflict; empty while it does not hold anything. */
    List<Conflict> conflicts() {
        Set<GuestId> held = vanished();
        if (held.size() <= policy.releaseLimit()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        held.forEach(id -> names.add(id.toString()));
        List<String> numbers =
                held.stream().map(id -> String.valueOf(id.vmid())).toList();
        return List.of(new Conflict(
                ConflictCode.RELEASE_HELD,
                "",
                held.size() + " guests vanished at once, more than release-limit " + policy.releaseLimit()
                        + "; their addresses are kept: " + String.join(", ", names),
                "if they were destroyed on purpose: berth release " + String.join(" ", numbers)));
    }

    /** What would be done about rows whose guest is in no list; for showing only. */
    List<Change> plan(List<AddressRow> rows, Set<GuestId> present, String cluster) {
        if (policy.mode() == Policy.Mode.CREATE) {
            return List.of();
        }
        Instant now = clock.instant();
        RouterView view = observer.routerForPass(Duration.ofMinutes(10));
        return rows.stream()
                .filter(row ->
                        row.nic().filter(nic -> doubts.containsKey(nic.guest())).isEmpty())
                .filter(row -> row.nic()
                        .filter(nic -> nic.guest().cluster().equals(cluster) && !present.contains(nic.guest()))
                        .isPresent())
                .flatMap(row -> plan(row, view, now).stream())
                .toList();
    }
}
