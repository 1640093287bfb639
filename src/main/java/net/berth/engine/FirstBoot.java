package net.berth.engine;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.berth.engine.port.Compute;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.Situation.Boot;

/**
 * Tells whether a VM's disk has run. In doubt it has: writing the address of one that has run makes its cloud-init take
 * it for a new machine (new SSH host keys) at its next start.
 */
final class FirstBoot {
    /** Firmware and boot loader are busy this long before cloud-init reads its image. */
    static final Duration FIRST_SECONDS = Duration.ofSeconds(8);

    private final Compute compute;
    private final Watch watch;
    private final Set<GuestId> fresh = ConcurrentHashMap.newKeySet();

    FirstBoot(Compute compute, Watch watch) {
        this.compute = compute;
        this.watch = watch;
    }

    /**
     * Tells.
     *
     * @param starting the guest's start is going on: only what is found in it says that this start is the first one, since
     *     another receiver may know of one before it
     */
    Boot of(Guest guest, List<AddressRow> rows, boolean starting) {
        if (guest.id().type() != GuestType.QEMU || !guest.cloudInit()) {
            return Boot.HAS_RUN;
        }
        boolean noted = rows.stream()
                .anyMatch(row -> row.ours()
                        && row.avp(RowAttributes.BOOTED).equals(RowAttributes.YES)
                        && isSameMachine(row, guest));
        if (noted) {
            fresh.remove(guest.id());
            return Boot.HAS_RUN;
        }
        return guest.running() ? running(guest) : stopped(guest, starting);
    }

    /** A restore takes the uuid along, under another number too; a clone gets one of its own. */
    private static boolean isSameMachine(AddressRow row, Guest guest) {
        boolean sameNumber =
                row.nic().filter(nic -> nic.guest().equals(guest.id())).isPresent();
        String uuid = row.avp(RowAttributes.UUID);
        return uuid.isEmpty() ? sameNumber : uuid.equalsIgnoreCase(guest.uuid());
    }

    /** The start that goes on now is in the history too; so what was found before it counts. */
    private Boot running(Guest guest) {
        boolean first = fresh.contains(guest.id()) && guest.uptime().compareTo(FIRST_SECONDS) <= 0;
        if (!first) {
            fresh.remove(guest.id());
            if (guest.lock().isEmpty()) {
                watch.ran(guest.id());
            }
        }
        return first ? Boot.FIRST_SECONDS : Boot.HAS_RUN;
    }

    private Boot stopped(Guest guest, boolean starting) {
        boolean isFresh =
                switch (compute.history(guest)) {
                    case HAS_RUN -> {
                        watch.ran(guest.id());
                        yield false;
                    }
                    case NEVER_RAN -> true;
                    case UNKNOWN -> watch.appeared(guest.id());
                };
        if (isFresh && starting) {
            fresh.add(guest.id());
        } else if (!isFresh) {
            fresh.remove(guest.id());
        }
        return isFresh ? Boot.FRESH : Boot.HAS_RUN;
    }
}
