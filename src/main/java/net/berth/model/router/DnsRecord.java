package net.berth.model.router;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import net.berth.model.IpAddress;

/**
 * A DNS name on the router with its addresses, ours or a human's.
 *
 * @param name the host name, usually fully qualified
 * @param addresses its addresses, as texts, of either family
 */
public record DnsRecord(Kind kind, String name, List<String> aliases, List<String> addresses) implements RouterEntry {

    /** Where a name is in the config. Berth writes only {@link #HOST_MAPPING}. */
    public enum Kind {
        /** {@code system static-host-mapping host-name}. */
        HOST_MAPPING,
        /** {@code service dns forwarding options host-record=}. */
        OPTION
    }

    /** Copies the lists. */
    public DnsRecord {
        aliases = List.copyOf(aliases);
        addresses = List.copyOf(addresses);
    }

    /** Whether the name, without case and final dot, is this one. */
    public boolean named(String wanted) {
        return plain(name).equals(plain(wanted));
    }

    /** Whether the name or an alias is this one. */
    public boolean answersTo(String wanted) {
        return named(wanted) || aliases.stream().anyMatch(alias -> plain(alias).equals(plain(wanted)));
    }

    /** Whether this address is among its addresses. */
    public boolean holds(IpAddress address) {
        return addresses.contains(address.toString());
    }

    /** Those of its addresses that are IPv4. */
    public Stream<IpAddress> ipv4() {
        return addresses.stream().filter(IpAddress::isAddress).map(IpAddress::parse);
    }

    /** In lower case and without the final dot. */
    static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    @Override
    public String toString() {
        List<String> more = aliases.stream()
                .filter(alias -> !plain(name).startsWith(plain(alias) + "."))
                .toList();
        return "record " + name + (more.isEmpty() ? "" : " (also " + String.join(", ", more) + ")") + " -> "
                + String.join(", ", addresses);
    }
}
