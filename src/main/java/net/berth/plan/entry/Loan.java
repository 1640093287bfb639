package net.berth.plan.entry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.model.row.RowEdit;
import net.berth.model.row.RowStatus;
import net.berth.plan.NicCase;

/**
 * What Berth adopts is on loan: the row remembers what it was, and which entries of the router were there before it, so that
 * all of it is afterwards as it was before.
 */
final class Loan {
    private Loan() {}

    /** The texts of a row that its adoption changes. The adapter adds the row's expiry, which the model does not have. */
    static Map<String, String> memory(AddressRow row) {
        Map<String, String> before = new HashMap<>(Map.of(
                RowAttributes.BEFORE_SOURCE, row.source(),
                RowAttributes.BEFORE_NODE, row.node(),
                RowAttributes.BEFORE_DESCRIPTION, row.description(),
                RowAttributes.BEFORE_STATUS, row.status().toString()));
        before.put(RowAttributes.BEFORE_TAG, row.tags().contains(AddressRow.SOURCE) ? RowAttributes.YES : "");
        before.values().removeIf(String::isEmpty);
        return before;
    }

    /** The mapping and the DNS name that the router has for a NIC before it gets its row. */
    static Map<String, String> onRouter(NicCase c, NameRule.Names names, IpAddress address) {
        Map<String, String> before = new HashMap<>();
        c.router().mappings(address).stream()
                .filter(mapping ->
                        mapping.maps(c.nic().mac()) && c.rows().owner(mapping).isEmpty())
                .findFirst()
                .ifPresent(mapping -> {
                    before.put(RowAttributes.BEFORE_MAPPING, mapping.name());
                    before.put(RowAttributes.BEFORE_MAC, mapping.macText());
                });
        if (names.held() && isNamed(c, names.fqdn(), address)) {
            before.put(RowAttributes.BEFORE_NAME, names.fqdn());
        }
        return before;
    }

    private static boolean isNamed(NicCase c, String fqdn, IpAddress address) {
        return c.router().records(fqdn).stream()
                .anyMatch(record ->
                        record.named(fqdn) && record.holds(address) && !c.rows().ours(record));
    }

    /** Whether the router had the mapping before the row was made. */
    static boolean lends(AddressRow row, Mapping mapping) {
        return row.avps().containsKey(RowAttributes.BEFORE_MAPPING)
                && mapping.name().equalsIgnoreCase(row.avp(RowAttributes.BEFORE_MAPPING));
    }

    /**
     * The change by which a mapping that the router had before the row has its MAC again; empty if it has another than the
     * row's, or if another mapping has that MAC.
     */
    static Optional<RouterChange> restoring(AddressRow row, Mapping mapping, RouterView router) {
        String mac = row.avp(RowAttributes.BEFORE_MAC);
        boolean may = MacAddress.isMac(mac)
                && mapping.maps(row.address())
                && row.mac().filter(mapping::maps).isPresent()
                && router.mappings(MacAddress.parse(mac)).isEmpty();
        Mapping before = new Mapping(
                mapping.sharedNetwork(), mapping.subnet(), mapping.name(), mapping.addressText(), mac, false);
        return may ? Optional.of(new RouterChange.PutMapping(before, List.of(mapping))) : Optional.empty();
    }

    /** Whether the router had the name before the row was made. */
    static boolean lends(AddressRow row, DnsRecord record) {
        String name = row.avp(RowAttributes.BEFORE_NAME);
        return !name.isEmpty() && record.named(name);
    }

    /** The edit by which an adopted row is again what it was. One that version 0.1.0 adopted keeps its present texts. */
    static RowEdit givingBack(AddressRow row) {
        boolean remembers = row.avps().containsKey(RowAttributes.BEFORE_SOURCE);
        Map<String, String> fields = new HashMap<>(Map.of(
                "external_key", "",
                "authoritative_source", remembers ? row.avp(RowAttributes.BEFORE_SOURCE) : "nipap",
                "status", remembers ? row.avp(RowAttributes.BEFORE_STATUS) : RowStatus.ASSIGNED.toString()));
        if (remembers) {
            fields.put("node", row.avp(RowAttributes.BEFORE_NODE));
            fields.put("description", row.avp(RowAttributes.BEFORE_DESCRIPTION));
        }
        return new RowEdit(fields, withoutOurs(row), new RowEdit.Expiry.Before());
    }

    private static Map<String, String> withoutOurs(AddressRow row) {
        return row.avps().keySet().stream()
                .filter(name -> name.startsWith(RowAttributes.OURS))
                .collect(Collectors.toMap(name -> name, name -> ""));
    }
}
