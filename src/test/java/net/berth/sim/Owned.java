package net.berth.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;

/** Whose the router's entries are, by the rows as they are and as they were until lately. */
final class Owned {
    private final List<Past> past = new ArrayList<>();

    /** A row as it was, and until when. */
    private record Past(AddressRow row, long until) {}

    void was(AddressRow row, long now) {
        past.removeIf(old -> now - old.until() > 2 * Judge.RACE);
        past.add(new Past(row, now));
    }

    /** Berth's rows now, and each as it was at a time or since. */
    Stream<AddressRow> since(long time, List<AddressRow> now) {
        Stream<AddressRow> before =
                past.stream().filter(old -> old.until() >= time).map(Past::row);
        return Stream.concat(now.stream(), before).filter(AddressRow::ours);
    }

    /** Whether an entry that is there may be put right for a row. */
    static boolean isOf(Object entry, AddressRow row) {
        return switch (entry) {
            case Mapping mapping -> isTwoOfThree(mapping, row);
            case DnsRecord record -> names(row).anyMatch(record.name()::equalsIgnoreCase);
            default -> throw new IllegalArgumentException(String.valueOf(entry));
        };
    }

    /** Of its address, its MAC and its name. */
    static boolean isTwoOfThree(Mapping mapping, AddressRow row) {
        int parts = mapping.maps(row.address()) ? 1 : 0;
        parts += row.avp(RowAttributes.MAC).equalsIgnoreCase(mapping.macText()) ? 1 : 0;
        boolean named = Stream.concat(
                        Stream.of(row.avp(RowAttributes.MAPPING)), names(row).map(name -> name.split("\\.", 2)[0]))
                .anyMatch(mapping.name()::equalsIgnoreCase);
        return parts + (named ? 1 : 0) >= 2;
    }

    /** Whether a row asks for just this entry. */
    static boolean asksFor(AddressRow row, Object entry) {
        return switch (entry) {
            case Mapping mapping ->
                mapping.maps(row.address()) && row.avp(RowAttributes.MAC).equalsIgnoreCase(mapping.macText());
            case DnsRecord record ->
                record.holds(row.address()) && row.description().equalsIgnoreCase(record.name());
            default -> throw new IllegalArgumentException(String.valueOf(entry));
        };
    }

    /** The row's name and those that it had before. */
    private static Stream<String> names(AddressRow row) {
        return Stream.concat(
                        Stream.of(row.description()),
                        Arrays.stream(row.avp(RowAttributes.WAS).split(" ", -1)))
                .filter(name -> !name.isEmpty());
    }
}
