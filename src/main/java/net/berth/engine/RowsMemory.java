package net.berth.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.model.GuestId;
import net.berth.model.HostRow;

/**
 * The rows last known of each guest, for guests that start while NIPAP does not answer. Has no age of its own: an outage
 * of hours must not stop settled guests, and nobody can change a row meanwhile. While NIPAP answers, each full pass
 * brings all of it up to date, and each write of this receiver the row that it wrote.
 */
final class RowsMemory {
    private static final int MOST_GUESTS = 100_000;

    private final Cache<GuestId, List<HostRow>> rows = Caffeine.newBuilder()
            .maximumSize(MOST_GUESTS)
            .executor(Runnable::run)
            .build();

    void remember(GuestId guest, List<HostRow> read) {
        rows.put(guest, List.copyOf(read));
    }

    /** All rows there are. */
    void rememberAll(List<HostRow> all) {
        Map<GuestId, List<HostRow>> fresh = new HashMap<>();
        all.forEach(row -> row.nic().ifPresent(nic -> fresh.computeIfAbsent(nic.guest(), key -> new ArrayList<>(1))
                .add(row)));
        rows.asMap().keySet().forEach(guest -> fresh.putIfAbsent(guest, List.of()));
        fresh.forEach(this::remember);
    }

    /** A row as it is after a write. */
    void wrote(HostRow row) {
        replace(row, true);
    }

    /** A row that was removed. */
    void removed(HostRow row) {
        replace(row, false);
    }

    private void replace(HostRow row, boolean there) {
        row.nic().ifPresent(nic -> rows.asMap().computeIfPresent(nic.guest(), (guest, known) -> {
            List<HostRow> after = new ArrayList<>(known);
            after.removeIf(other -> other.id() == row.id());
            if (there) {
                after.add(row);
            }
            return List.copyOf(after);
        }));
    }

    Optional<List<HostRow>> recall(GuestId guest) {
        return Optional.ofNullable(rows.getIfPresent(guest));
    }
}
