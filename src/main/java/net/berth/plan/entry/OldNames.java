package net.berth.plan.entry;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;

/**
 * The names that a row held before renames: until they are off the router, and then for a quarantine's time, since a
 * receiver that was slow and died may have put one back. There may be several: a crash between a rename in NIPAP and the
 * router, then another rename.
 */
final class OldNames {
    private static final String SEPARATOR = " ";

    private OldNames() {}

    /** Every name under which the router may know the row, the present one first. */
    static Stream<String> all(AddressRow row) {
        return Stream.concat(Stream.of(row.description()), names(row, RowAttributes.WAS))
                .filter(name -> !name.isEmpty())
                .distinct();
    }

    /** Names that were seen off the router, and may come back on it still. */
    static Stream<String> former(AddressRow row, Instant now) {
        boolean counts = !row.avp(RowAttributes.FORMER).isEmpty() && now.isBefore(until(row));
        return counts ? names(row, RowAttributes.FORMER).filter(name -> !name.isEmpty()) : Stream.empty();
    }

    /** What {@link RowAttributes#WAS} is to say when the row gets another name; empty when it need not change. */
    static Optional<String> withPresent(AddressRow row, String newName) {
        String names = all(row).filter(name -> !name.equals(newName)).collect(Collectors.joining(SEPARATOR));
        return Optional.of(names).filter(text -> !text.equals(row.avp(RowAttributes.WAS)));
    }

    /** What is to be noted once all old names are off the router: nothing when it stands there. */
    static Map<String, String> settled(AddressRow row, Instant now, Duration rest) {
        if (row.avp(RowAttributes.WAS).isEmpty()) {
            return Map.of();
        }
        String names = Stream.concat(names(row, RowAttributes.WAS), former(row, now))
                .filter(name -> !name.isEmpty() && !name.equalsIgnoreCase(row.description()))
                .distinct()
                .collect(Collectors.joining(SEPARATOR));
        String until = names.isEmpty() ? "" : now.plus(rest).toString();
        return Map.of(RowAttributes.WAS, "", RowAttributes.FORMER, names, RowAttributes.FORMER_UNTIL, until);
    }

    /** What goes from the row with its next write: names that count no more. Time alone makes no work. */
    static Map<String, String> over(AddressRow row, Instant now) {
        boolean over = !row.avp(RowAttributes.FORMER).isEmpty() && !now.isBefore(until(row));
        return over ? Map.of(RowAttributes.FORMER, "", RowAttributes.FORMER_UNTIL, "") : Map.of();
    }

    /** A time that cannot be read is over. */
    private static Instant until(AddressRow row) {
        try {
            return Instant.parse(row.avp(RowAttributes.FORMER_UNTIL));
        } catch (DateTimeParseException unreadable) {
            return Instant.MIN;
        }
    }

    private static Stream<String> names(AddressRow row, String avp) {
        return Arrays.stream(row.avp(avp).split(SEPARATOR, -1));
    }
}
