package net.berth.model.router;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;

/** The router's entries by what is asked of them; in each place in their own order. */
final class RouterIndex {
    private final Map<IpAddress, List<Mapping>> mappingsByAddress;
    private final Map<MacAddress, List<Mapping>> mappingsByMac;
    private final Map<String, List<Mapping>> mappingsByName;
    private final Map<String, List<DnsRecord>> recordsByName;
    private final Map<IpAddress, List<DnsRecord>> recordsByAddress;
    private final Map<IpAddress, List<Lease>> leasesByAddress;
    private final Map<MacAddress, List<Lease>> leasesByMac;
    private final Map<IpAddress, List<Neighbour>> neighboursByAddress;

    RouterIndex(List<Mapping> mappings, List<DnsRecord> records, List<Lease> leases, List<Neighbour> neighbours) {
        mappingsByAddress = by(mappings, mapping -> mapping.address().stream());
        mappingsByMac = by(mappings, mapping -> mapping.mac().stream());
        mappingsByName = by(mappings, mapping -> Stream.of(lower(mapping.name())));
        recordsByName = by(records, record -> Stream.concat(Stream.of(record.name()), record.aliases().stream())
                .map(DnsRecord::plain));
        recordsByAddress = by(records, record -> record.addresses().stream()
                .filter(IpAddress::isAddress)
                .map(IpAddress::parse));
        leasesByAddress = by(leases, lease -> Stream.of(lease.address()));
        leasesByMac = by(leases, lease -> Stream.of(lease.mac()));
        neighboursByAddress = by(neighbours, neighbour -> Stream.of(neighbour.address()));
    }

    private static <K, V> Map<K, List<V>> by(List<V> entries, Function<V, Stream<K>> keys) {
        Map<K, List<V>> map = new HashMap<>();
        for (V entry : entries) {
            keys.apply(entry).distinct().forEach(key -> map.merge(key, List.of(entry), RouterIndex::joined));
        }
        return map;
    }

    private static <V> List<V> joined(List<V> before, List<V> more) {
        List<V> all = new ArrayList<>(before);
        all.addAll(more);
        return List.copyOf(all);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    List<Mapping> mappings(IpAddress address) {
        return mappingsByAddress.getOrDefault(address, List.of());
    }

    List<Mapping> mappings(MacAddress mac) {
        return mappingsByMac.getOrDefault(mac, List.of());
    }

    List<Mapping> mappingsNamed(String name) {
        return mappingsByName.getOrDefault(lower(name), List.of());
    }

    List<DnsRecord> records(String name) {
        return recordsByName.getOrDefault(DnsRecord.plain(name), List.of());
    }

    List<DnsRecord> records(IpAddress address) {
        return recordsByAddress.getOrDefault(address, List.of());
    }

    List<Lease> leases(IpAddress address) {
        return leasesByAddress.getOrDefault(address, List.of());
    }

    List<Lease> leases(MacAddress mac) {
        return leasesByMac.getOrDefault(mac, List.of());
    }

    List<Neighbour> neighbours(IpAddress address) {
        return neighboursByAddress.getOrDefault(address, List.of());
    }
}
