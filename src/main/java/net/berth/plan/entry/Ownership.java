package net.berth.plan.entry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.model.Hostname;
import net.berth.model.IpAddress;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.address.Binding;

/**
 * Decides which entries of the router belong to one row. A mapping has an address, a MAC and a name; with two of the three
 * it is the row's, so that a mapping of which one was edited by hand is restored, and one that a human made stays.
 */
public final class Ownership {
    private static final int ENOUGH = 2;

    private static final String SEPARATOR = " ";

    /** So many old names are noted while the router cannot be changed. */
    private static final int OLD_NAMES = 16;

    private Ownership() {}

    /**
     * Whether at least two of the mapping's address, MAC and name are the row's. A mapping that is
     * disabled is not Berth's, even if Berth created it.
     */
    public static boolean twoOfThree(Mapping mapping, AddressRow row) {
        if (!row.ours() || mapping.disabled()) {
            return false;
        }
        int parts = mapping.maps(row.address()) ? 1 : 0;
        parts += hasMac(mapping, row) ? 1 : 0;
        return parts >= ENOUGH || (parts == ENOUGH - 1 && mappingNames(row).anyMatch(mapping.name()::equalsIgnoreCase));
    }

    private static boolean hasMac(Mapping mapping, AddressRow row) {
        return row.mac().filter(mapping::maps).isPresent();
    }

    /** Whether the row that a NIC has was live when it was read, and two of the mapping's three parts are its own. */
    static boolean owns(Binding binding, Mapping mapping) {
        return binding.existing()
                .filter(row -> !row.quarantined() && twoOfThree(mapping, row))
                .isPresent();
    }

    /** The names that a row's mapping may have on the router: the present one, those before renames, the generated one. */
    private static Stream<String> mappingNames(AddressRow row) {
        Stream<String> generated = row.nic().stream()
                .map(nic ->
                        Hostname.ofNumber(nic.guest()).with("-" + nic.name()).label());
        return Stream.of(Stream.of(NameRule.mappingName(row)), names(row).map(NameRule::label), generated)
                .flatMap(each -> each)
                .filter(name -> !name.isEmpty())
                .distinct();
    }

    /** The router's mappings of which two of three are the row's. */
    static List<Mapping> mappings(AddressRow row, RouterView router) {
        return Stream.of(
                        router.mappings(row.address()).stream(),
                        row.mac().stream().flatMap(mac -> router.mappings(mac).stream()),
                        mappingNames(row).flatMap(name -> router.mappingsNamed(name).stream()))
                .flatMap(each -> each)
                .distinct()
                .filter(mapping -> twoOfThree(mapping, row))
                .toList();
    }

    /** Whether a record has a name that the row has or had, and leads to the row's address and nowhere else. */
    public static boolean isNameOf(DnsRecord record, AddressRow row) {
        return record.kind() == DnsRecord.Kind.HOST_MAPPING
                && row.ours()
                && leadsTo(record, row.address())
                && names(row).anyMatch(record::named);
    }

    /** Whether the record gives this IPv4 address and no other; IPv6 addresses do not count. */
    static boolean leadsTo(DnsRecord record, IpAddress address) {
        return record.holds(address) && record.ipv4().count() == 1;
    }

    /**
     * Every name under which the router may know the row, the present one first. Several old ones are possible: Berth may
     * crash between a rename in NIPAP and the router, and then comes another rename.
     */
    public static Stream<String> names(AddressRow row) {
        Stream<String> old = Arrays.stream(row.avp(RowAttributes.WAS).split(SEPARATOR, -1));
        return Stream.concat(Stream.of(row.description()), old)
                .filter(name -> !name.isEmpty())
                .distinct();
    }

    /** Whether the row has so many old names that it gets no other name before those are off the router. */
    public static boolean keepsName(AddressRow row) {
        return row.ours() && names(row).skip(OLD_NAMES).findAny().isPresent();
    }

    /** The label of a row that keeps its name, whatever its guest is called now; empty for all others. */
    public static Optional<Hostname> keptLabel(AddressRow row, String domain) {
        return Optional.of(NameRule.label(row.description()))
                .filter(label -> keepsName(row) && Hostname.isLabel(label))
                .map(Hostname::new)
                .filter(label -> label.in(domain).equals(row.description()));
    }

    /** The new value of {@link RowAttributes#WAS} when the row gets another name; empty when it does not change. */
    static Optional<String> oldNames(AddressRow row, String newName) {
        String names = names(row).filter(name -> !name.equals(newName)).collect(Collectors.joining(SEPARATOR));
        return Optional.of(names).filter(text -> !text.equals(row.avp(RowAttributes.WAS)));
    }

    /** The note that all old names are off the router; empty when the row has none. */
    static Map<String, String> oldNamesOff(AddressRow row) {
        return row.avp(RowAttributes.WAS).isEmpty() ? Map.of() : Map.of(RowAttributes.WAS, "");
    }
}
