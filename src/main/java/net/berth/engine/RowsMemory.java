package net.berth.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.berth.model.GuestId;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;

/**
 * The rows last known of each guest, for guests that start while NIPAP does not answer. Has no age of its own: an outage
 * of hours must not stop settled guests, and nobody can change a row meanwhile. While NIPAP answers, each full pass
 * brings all of it up to date, and each write of this receiver the row that it wrote.
 */
final class RowsMemory {
    private static final int MOST_GUESTS = 100_000;

    private final Cache<GuestId, Known> rows = Caffeine.newBuilder()
            .maximumSize(MOST_GUESTS)
            .executor(Runnable::run)
            .build();
    private final Clock clock;

    RowsMemory(Clock clock) {
        this.clock = clock;
    }

    /**
     * What is known of a guest.
     *
     * @param rows its rows
     * @param since when they were first seen to ask of the router what they ask now
     */
    record Known(List<AddressRow> rows, Instant since) {
        /** Copies the list. */
        Known {
            rows = List.copyOf(rows);
        }
    }

    void remember(GuestId guest, List<AddressRow> read) {
        rows.asMap().compute(guest, (key, known) -> known == null ? first(read) : after(known, read));
    }

    /** A guest that is new asks nothing of the router yet: its start need not wait until others' commits are seen. */
    private Known first(List<AddressRow> read) {
        return entries(read).isEmpty() ? new Known(read, Instant.MIN) : fresh(read);
    }

    private Known fresh(List<AddressRow> read) {
        return new Known(read, clock.instant());
    }

    /** What says the same stays itself: thousands of guests a minute that say nothing new would wear out the old heap. */
    private Known after(Known known, List<AddressRow> read) {
        if (known.rows().equals(read)) {
            return known;
        }
        boolean same = entries(known.rows()).equals(entries(read));
        return same ? new Known(read, known.since()) : fresh(read);
    }

    /** What rows ask of the router: that they are there, for which MAC, under which names, and since when. */
    private static Set<List<String>> entries(List<AddressRow> rows) {
        return rows.stream()
                .filter(row -> !row.quarantined())
                .map(row -> List.of(
                        Long.toString(row.id()),
                        row.address().toString(),
                        row.externalKey(),
                        row.description(),
                        row.avp(RowAttributes.MAC),
                        row.avp(RowAttributes.MAPPING),
                        row.avp(RowAttributes.CHANGED)))
                .collect(Collectors.toSet());
    }

    /** All rows there are. */
    void rememberAll(List<AddressRow> all) {
        Map<GuestId, List<AddressRow>> fresh = new HashMap<>();
        all.forEach(row -> row.nic().ifPresent(nic -> fresh.computeIfAbsent(nic.guest(), key -> new ArrayList<>(1))
                .add(row)));
        rows.asMap().keySet().forEach(guest -> fresh.putIfAbsent(guest, List.of()));
        fresh.forEach(this::remember);
    }

    /** A row as it is after a write. */
    void wrote(AddressRow row) {
        replace(row, true);
    }

    /** A row that was removed. */
    void removed(AddressRow row) {
        replace(row, false);
    }

    private void replace(AddressRow row, boolean there) {
        row.nic().ifPresent(nic -> rows.asMap().computeIfPresent(nic.guest(), (guest, known) -> {
            List<AddressRow> after = new ArrayList<>(known.rows());
            after.removeIf(other -> other.id() == row.id());
            if (there) {
                after.add(row);
            }
            return after(known, after);
        }));
    }

    Optional<List<AddressRow>> recall(GuestId guest) {
        return Optional.ofNullable(rows.getIfPresent(guest)).map(Known::rows);
    }

    /**
     * How old a view of the router may be at most to show what a guest's rows ask of it: whoever changed them, this
     * receiver or another, changed the router after that.
     */
    Instant since(GuestId guest) {
        return Optional.ofNullable(rows.getIfPresent(guest)).map(Known::since).orElse(Instant.MIN);
    }
}
