package net.berth.plan;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.model.Avps;
import net.berth.model.HostRow;

/**
 * The names that a row had before renames, until they are off the router. There may be several: Berth may crash between a
 * rename in NIPAP and the router, and then comes another rename.
 */
final class OldNames {
    private static final String SEPARATOR = " ";

    private OldNames() {}

    /** Every name under which the router may know the row, the present one first. */
    static Stream<String> all(HostRow row) {
        Stream<String> old = Arrays.stream(row.avp(Avps.WAS).split(SEPARATOR, -1));
        return Stream.concat(Stream.of(row.description()), old)
                .filter(name -> !name.isEmpty())
                .distinct();
    }

    /** The new value of {@link Avps#WAS} when the row gets another name; empty when it does not change. */
    static Optional<String> withPresent(HostRow row, String newName) {
        String names = all(row).filter(name -> !name.equals(newName)).collect(Collectors.joining(SEPARATOR));
        return Optional.of(names).filter(text -> !text.equals(row.avp(Avps.WAS)));
    }

    /** The note that all old names are off the router; empty when the row has none. */
    static Map<String, String> settled(HostRow row) {
        return row.avp(Avps.WAS).isEmpty() ? Map.of() : Map.of(Avps.WAS, "");
    }
}
