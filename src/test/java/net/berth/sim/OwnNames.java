package net.berth.sim;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.berth.model.IpAddress;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;

/** By its name a record is a row's, and a mapping if it has the row's MAC too. */
final class OwnNames {
    private OwnNames() {}

    /**
     * Whether an entry of the router is a row's of Berth's, whatever its address.
     *
     * @param touched whether a person has just edited the row of an address, so that it may have had another name
     */
    static boolean isOfAny(List<AddressRow> rows, Object entry, Predicate<IpAddress> touched) {
        return rows.stream().filter(AddressRow::ours).anyMatch(row -> isOf(row, entry, touched.test(row.address())));
    }

    private static boolean isOf(AddressRow row, Object entry, boolean touched) {
        return switch (entry) {
            case Mapping mapping ->
                row.avp(RowAttributes.MAC).equalsIgnoreCase(mapping.macText())
                        && (touched || names(row).anyMatch(name -> label(name).equalsIgnoreCase(mapping.name())));
            case DnsRecord record -> names(row).anyMatch(record::named);
            default -> throw new IllegalArgumentException(String.valueOf(entry));
        };
    }

    private static Stream<String> names(AddressRow row) {
        return Stream.of(row.description(), row.avp(RowAttributes.MAPPING), row.avp(RowAttributes.WAS))
                .flatMap(names -> Stream.of(names.split(" ", -1)));
    }

    private static String label(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
