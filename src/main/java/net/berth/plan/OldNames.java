package net.berth.plan;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.model.Avps;
import net.berth.model.HostRow;

/**
 * The names that a row held before renames, until they are off the router. There may be several: a crash between a
 * rename in NIPAP and the router, then another rename.
 */
final class OldNames {
    private static final String SEPARATOR = " ";

    private OldNames() {}

    /** Every name under which the router may know the row, the present one first. */
    static Stream<String> all(HostRow row) {
        return Stream.concat(Stream.of(row.description()), remembered(row))
                .filter(name -> !name.isEmpty())
                .distinct();
    }

    /** What {@link Avps#WAS} is to say when the row gets another name; empty when it need not change. */
    static Optional<String> withPresent(HostRow row, String newName) {
        String names = all(row).filter(name -> !name.equals(newName)).collect(Collectors.joining(SEPARATOR));
        return Optional.of(names).filter(text -> !text.equals(row.avp(Avps.WAS)));
    }

    private static Stream<String> remembered(HostRow row) {
        return Arrays.stream(row.avp(Avps.WAS).split(SEPARATOR, -1));
    }
}
