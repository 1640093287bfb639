package net.berth.plan.entry;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;

/**
 * The names that a row had before renames, until they are off the router. There may be several: Berth may crash between a
 * rename in NIPAP and the router, and then comes another rename.
 */
public final class OldNames {
    private static final String SEPARATOR = " ";

    private OldNames() {}

    /** Every name under which the router may know the row, the present one first. */
    public static Stream<String> all(AddressRow row) {
        Stream<String> old = Arrays.stream(row.avp(RowAttributes.WAS).split(SEPARATOR, -1));
        return Stream.concat(Stream.of(row.description()), old)
                .filter(name -> !name.isEmpty())
                .distinct();
    }

    /** The new value of {@link RowAttributes#WAS} when the row gets another name; empty when it does not change. */
    static Optional<String> withPresent(AddressRow row, String newName) {
        String names = all(row).filter(name -> !name.equals(newName)).collect(Collectors.joining(SEPARATOR));
        return Optional.of(names).filter(text -> !text.equals(row.avp(RowAttributes.WAS)));
    }

    /** The note that all old names are off the router; empty when the row has none. */
    static Map<String, String> settled(AddressRow row) {
        return row.avp(RowAttributes.WAS).isEmpty() ? Map.of() : Map.of(RowAttributes.WAS, "");
    }
}
