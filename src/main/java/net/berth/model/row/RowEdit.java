package net.berth.model.row;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be in a row afterwards; what is empty or absent here stays as it is.
 *
 * @param fields NIPAP's attribute names ({@code external_key}, {@code authoritative_source}, {@code node},
 *     {@code description}, {@code status}) with their new values
 * @param avps extra attributes to set; an empty value removes one; all others are kept
 */
public record RowEdit(Map<String, String> fields, Map<String, String> avps, Expiry expiry) {

    /** Copies the maps. */
    public RowEdit {
        fields = Map.copyOf(fields);
        avps = Map.copyOf(avps);
    }

    /** What happens to {@code expires}. */
    public sealed interface Expiry {
        /** Leave it. */
        record Keep() implements Expiry {}

        /** The row never expires. */
        record Never() implements Expiry {}

        /** As {@link RowAttributes#BEFORE_EXPIRES} of the row says; never, if it says nothing. */
        record Before() implements Expiry {}

        /** The row expires. */
        record At(Instant time) implements Expiry {}
    }

    /** Like the other {@code of}, with the row's expiry as it is. */
    public static RowEdit of(AddressRow row, Map<String, String> fields, Map<String, String> avps) {
        return of(row, fields, avps, new Expiry.Keep());
    }

    /** An edit that also removes the attributes that only earlier versions of Berth used. */
    public static RowEdit of(AddressRow row, Map<String, String> fields, Map<String, String> avps, Expiry expiry) {
        Map<String, String> all = new HashMap<>(avps);
        RowAttributes.RETIRED.stream().filter(row.avps()::containsKey).forEach(name -> all.put(name, ""));
        return new RowEdit(fields, all, expiry);
    }

    /** Whether it gives an adopted row back. */
    public boolean givesBack() {
        return field("authoritative_source")
                .filter(source -> !source.equals(AddressRow.SOURCE))
                .isPresent();
    }

    /** An edit of plain fields. */
    public static RowEdit fields(Map<String, String> fields) {
        return new RowEdit(fields, Map.of(), new Expiry.Keep());
    }

    /** The new value of a field; empty when it stays. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }
}
