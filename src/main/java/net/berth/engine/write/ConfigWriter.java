package net.berth.engine.write;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Compute.WriteResult;
import net.berth.engine.status.ChangeLog;
import net.berth.model.Guest;
import net.berth.model.GuestStatus;
import net.berth.model.Inventory;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;

/** Writes addresses into a guest's config. Each call tries once; the caller learns when to try again. */
public record ConfigWriter(Compute compute, ChangeLog log) {
    private static final Duration LOCK_PAUSE = Duration.ofMillis(500);
    private static final Duration BACKUP_PAUSE = Duration.ofSeconds(30);

    /**
     * What became of the writes.
     *
     * @param guest the guest with what is in its config now
     * @param again when to try again; zero when there is no need
     * @param refused conflicts in Proxmox's own words
     */
    public record Written(Guest guest, boolean wrote, Duration again, List<Conflict> refused) {}

    public Written write(Guest guest, List<Change> changes) {
        Guest now = guest;
        boolean wrote = false;
        List<Conflict> refused = new ArrayList<>();
        for (Change change : changes) {
            Change.WriteGuest wanted = (Change.WriteGuest) change;
            WriteResult result = compute.write(wanted.write());
            if (result instanceof WriteResult.Written) {
                wrote = true;
                now = now.with(wanted.write());
                log.done(wanted);
            }
            boolean image = wanted.image() || (result instanceof WriteResult.Written && hasStartedMeanwhile(guest));
            if (image && isInConfig(result)) {
                result = compute.regenerateImage(guest);
            }
            Optional<Duration> pause = pause(wanted, result);
            if (pause.isPresent()) {
                return new Written(now, wrote, pause.get(), refused);
            }
            if (result instanceof WriteResult.Refused no) {
                log.refused(wanted, "Proxmox", no.why());
                refused.add(refusal(wanted, no.why()));
            }
        }
        return new Written(now, wrote, Duration.ZERO, refused);
    }

    /**
     * Whether the guest started while the write waited for the config lock. Its cloud-init image was then made before the
     * write, and must be made again, or the next start would be another instance for cloud-init.
     */
    private boolean hasStartedMeanwhile(Guest guest) {
        return guest.cloudInit()
                && !guest.running()
                && compute.status(Inventory.Entry.of(guest))
                        .filter(now -> now.status() == GuestStatus.RUNNING)
                        .isPresent();
    }

    private static boolean isInConfig(WriteResult result) {
        return result instanceof WriteResult.Written || result instanceof WriteResult.Unchanged;
    }

    private Optional<Duration> pause(Change.WriteGuest change, WriteResult result) {
        return switch (result) {
            case WriteResult.Busy busy -> waits(change, LOCK_PAUSE, busy.why());
            case WriteResult.Stale stale -> waits(change, LOCK_PAUSE, stale.why());
            case WriteResult.Locked locked ->
                waits(change, BACKUP_PAUSE, "the guest is locked (" + locked.lock() + ")");
            case WriteResult.Written done -> Optional.empty();
            case WriteResult.Unchanged done -> Optional.empty();
            case WriteResult.Refused no -> Optional.empty();
        };
    }

    private Optional<Duration> waits(Change.WriteGuest change, Duration pause, String why) {
        log.waits(change, why);
        return Optional.of(pause);
    }

    private static Conflict refusal(Change.WriteGuest change, String why) {
        return new Conflict(
                ConflictCode.GUEST_REFUSED,
                change.nic().name(),
                "Proxmox refused to " + change.what() + ": " + why,
                "grant the right that is missing, or correct the config, then: berth sync "
                        + change.nic().guest().vmid());
    }
}
