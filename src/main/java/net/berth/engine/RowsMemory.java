package net.berth.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Optional;
import net.berth.model.GuestId;
import net.berth.model.HostRow;

/** The rows last read of each guest: settled guests go on starting while NIPAP is down. */
final class RowsMemory {
    private final Cache<GuestId, List<HostRow>> rows =
            Caffeine.newBuilder().maximumSize(100_000).executor(Runnable::run).build();

    void remember(GuestId guest, List<HostRow> read) {
        rows.put(guest, List.copyOf(read));
    }

    Optional<List<HostRow>> recall(GuestId guest) {
        return Optional.ofNullable(rows.getIfPresent(guest));
    }
}
