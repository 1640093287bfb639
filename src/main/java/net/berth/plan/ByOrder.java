package net.berth.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;

/** Whether a guest is released by order ({@code berth release}), and whether it has started since. */
final class ByOrder {
    /** Proxmox counts whole seconds, and the answer takes time. */
    private static final Duration ROUNDING = Duration.ofSeconds(2);

    private ByOrder() {}

    /** Whether the guest with these rows was released and neither starts now nor has started since. */
    static boolean isReleased(List<AddressRow> own, Situation situation) {
        return !own.isEmpty()
                && own.stream().allMatch(AddressRow::quarantined)
                && own.stream().anyMatch(row -> !row.avp(RowAttributes.RELEASED).isEmpty())
                && !situation.starting()
                && !situation.writeBackOrdered()
                && !hasStartedSince(own, situation);
    }

    private static boolean hasStartedSince(List<AddressRow> own, Situation situation) {
        return own.stream()
                .flatMap(row -> releasedAt(row).stream())
                .max(Instant::compareTo)
                .filter(released -> released.plus(ROUNDING).isBefore(situation.startedAt()))
                .isPresent();
    }

    /** Empty for a row that an earlier version released: it did not note the time. */
    private static Optional<Instant> releasedAt(AddressRow row) {
        try {
            return Optional.of(Instant.parse(row.avp(RowAttributes.RELEASED)));
        } catch (DateTimeParseException other) {
            return Optional.empty();
        }
    }
}
