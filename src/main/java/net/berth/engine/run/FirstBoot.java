package net.berth.engine.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.berth.engine.port.Compute;
import net.berth.engine.world.GuestRecord;
import net.berth.model.Guest;
import net.berth.model.GuestType;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.Situation.Boot;

/**
 * Finds out whether a VM's disk has run. In doubt it has: writing the address of a VM that has run makes its cloud-init
 * treat it as a new machine (new SSH host keys) at its next start.
 */
public final class FirstBoot {
    /** Firmware and boot loader take this long before cloud-init reads its image. */
    public static final Duration FIRST_SECONDS = Duration.ofSeconds(8);

    private final Compute compute;

    public FirstBoot(Compute compute) {
        this.compute = compute;
    }

    /** What is known without asking Proxmox; empty when it would have to be asked. */
    Optional<Boot> known(Guest guest, List<AddressRow> rowsOfMachine) {
        boolean irrelevant = guest.id().type() != GuestType.QEMU || !guest.cloudInit();
        boolean late = guest.running() && guest.uptime().compareTo(FIRST_SECONDS) > 0;
        boolean noted = rowsOfMachine.stream()
                .anyMatch(row -> row.ours()
                        && row.avp(RowAttributes.BOOTED).equals(RowAttributes.YES)
                        && isSameMachine(row, guest));
        return irrelevant || late || noted ? Optional.of(Boot.HAS_RUN) : Optional.empty();
    }

    /** A restore keeps the uuid, under another VMID too; a clone gets a new one. */
    private static boolean isSameMachine(AddressRow row, Guest guest) {
        boolean sameNumber =
                row.nic().filter(nic -> nic.guest().equals(guest.id())).isPresent();
        String uuid = row.avp(RowAttributes.UUID);
        return uuid.isEmpty() ? sameNumber : uuid.equalsIgnoreCase(guest.uuid());
    }

    /** What the guest is if its disk has not run before. */
    static Boot ifNew(Guest guest) {
        return guest.running() ? Boot.FIRST_SECONDS : Boot.FRESH;
    }

    /**
     * Asks Proxmox. If the guest is running, the question is whether it ran before its present start.
     *
     * @param starting whether the guest is about to start: what is found then holds for the first seconds of that start
     */
    Boot ask(Guest guest, GuestRecord record, boolean starting) {
        boolean isNew = (guest.running() && record.firstStart()) || hasNotRun(guest, record);
        // A look at a guest that is still stopped does not end the start that goes on.
        record.firstStart(isNew && (starting || guest.running() || record.firstStart()));
        if (!isNew) {
            record.ran();
        }
        return isNew ? ifNew(guest) : Boot.HAS_RUN;
    }

    private boolean hasNotRun(Guest guest, GuestRecord record) {
        return switch (compute.history(guest)) {
            case HAS_RUN -> false;
            case NEVER_RAN -> true;
            case UNKNOWN -> !guest.running() && record.appeared();
        };
    }
}
