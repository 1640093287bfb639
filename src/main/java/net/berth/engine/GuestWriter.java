package net.berth.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Compute.WriteResult;
import net.berth.model.Guest;
import net.berth.model.Inventory;
import net.berth.plan.Change;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes addresses into a guest's config. One try a call; when to try again is told, not waited for. */
final class GuestWriter {
    private static final Logger LOG = LoggerFactory.getLogger(GuestWriter.class);
    private static final Duration LOCK_PAUSE = Duration.ofMillis(500);
    private static final Duration BACKUP_PAUSE = Duration.ofSeconds(30);

    private final Compute compute;

    GuestWriter(Compute compute) {
        this.compute = compute;
    }

    /**
     * What became of the writes.
     *
     * @param wrote whether a config was changed
     * @param again when to try again, zero when there is no need
     * @param waiting why it waits; empty when it does not
     * @param refused conflicts in Proxmox's own words
     */
    record Written(boolean wrote, Duration again, String waiting, List<Conflict> refused) {}

    Written write(Guest guest, List<Change> changes) {
        boolean wrote = false;
        List<Conflict> refused = new ArrayList<>();
        for (Change change : changes) {
            Change.WriteGuest wanted = (Change.WriteGuest) change;
            WriteResult result = compute.write(wanted.write());
            if (result instanceof WriteResult.Written) {
                wrote = true;
                Decision.done(LOG, wanted);
            }
            boolean image = wanted.image() || (result instanceof WriteResult.Written && hasStartedMeanwhile(guest));
            if (image && isInConfig(result)) {
                result = compute.regenerateImage(guest);
            }
            Optional<Written> wait = waiting(wrote, result, refused);
            if (wait.isPresent()) {
                LOG.info(
                        "{}: {} waits: {}",
                        wanted.nic(),
                        wanted.what(),
                        wait.get().waiting());
                return wait.get();
            }
            if (result instanceof WriteResult.Refused no) {
                LOG.warn("{}: Proxmox refused to {}: {}", wanted.nic(), wanted.what(), no.why());
                refused.add(refusal(wanted, no.why()));
            }
        }
        return new Written(wrote, Duration.ZERO, "", refused);
    }

    /**
     * The write waits for the config lock, which a start holds: then the image was made before it, and its next start
     * would be another instance for cloud-init.
     */
    private boolean hasStartedMeanwhile(Guest guest) {
        return guest.cloudInit()
                && !guest.running()
                && compute.read(new Inventory.Entry(
                                guest.id(), guest.node(), guest.name(), guest.status(), guest.lock()))
                        .filter(Guest::running)
                        .isPresent();
    }

    private static boolean isInConfig(WriteResult result) {
        return result instanceof WriteResult.Written || result instanceof WriteResult.Unchanged;
    }

    private static Optional<Written> waiting(boolean wrote, WriteResult result, List<Conflict> refused) {
        return switch (result) {
            case WriteResult.Busy busy -> Optional.of(new Written(wrote, LOCK_PAUSE, busy.why(), refused));
            case WriteResult.Locked locked ->
                Optional.of(new Written(wrote, BACKUP_PAUSE, "the guest is locked (" + locked.lock() + ")", refused));
            case WriteResult.Stale stale -> Optional.of(new Written(wrote, LOCK_PAUSE, stale.why(), refused));
            case WriteResult.Written done -> Optional.empty();
            case WriteResult.Unchanged done -> Optional.empty();
            case WriteResult.Refused no -> Optional.empty();
        };
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
