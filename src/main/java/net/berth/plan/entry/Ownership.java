package net.berth.plan.entry;

import java.util.List;
import java.util.stream.Stream;
import net.berth.model.Hostname;
import net.berth.model.IpAddress;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.plan.address.Binding;

/**
 * Decides which entries of the router belong to one row. A mapping has an address, a MAC and a name; with two of the three
 * it is the row's, so that a mapping of which one was edited by hand is restored, and one that a human made stays.
 */
public final class Ownership {
    private static final int ENOUGH = 2;

    private Ownership() {}

    /** Whether at least two of the mapping's address, MAC and name are the row's. */
    public static boolean twoOfThree(Mapping mapping, AddressRow row) {
        int parts = mapping.maps(row.address()) ? 1 : 0;
        parts += hasMac(mapping, row) ? 1 : 0;
        parts += mappingNames(row).anyMatch(mapping.name()::equalsIgnoreCase) ? 1 : 0;
        return row.ours() && parts >= ENOUGH;
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
        return Stream.of(Stream.of(NameRule.mappingName(row)), OldNames.all(row).map(NameRule::label), generated)
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
                && OldNames.all(row).anyMatch(record::named);
    }

    /** Whether the record gives this IPv4 address and no other; IPv6 addresses do not count. */
    static boolean leadsTo(DnsRecord record, IpAddress address) {
        return record.holds(address)
                && record.addresses().stream().filter(IpAddress::isAddress).count() == 1;
    }
}
