package net.berth.edgemax.commit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.Nodes;
import net.berth.model.IpAddress;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterEntry;

/** The router's entries while changes are tried out on them. */
final class PlannedConfig {
    private final ActiveConfig config;
    private final Map<List<String>, RouterEntry> entries;

    PlannedConfig(ActiveConfig config) {
        this.config = config;
        entries = new LinkedHashMap<>(config.entries());
    }

    void take(RouterEntry old) {
        entries.computeIfPresent(Nodes.of(old), (node, now) -> EntryRules.same(now, old) ? null : now);
    }

    void put(RouterEntry wanted) {
        entries.put(Nodes.of(wanted), wanted);
    }

    Optional<RouterEntry> entryAt(List<String> node) {
        return Optional.ofNullable(entries.get(node));
    }

    private <T extends RouterEntry> Stream<T> of(Class<T> kind) {
        return entries.values().stream().filter(kind::isInstance).map(kind::cast);
    }

    private Stream<DnsRecord> records() {
        return Stream.concat(config.options().stream(), of(DnsRecord.class));
    }

    /** The entry that a wanted one clashes with, in words; the router would accept both and may die of them. */
    Optional<String> obstacle(RouterEntry wanted) {
        return switch (wanted) {
            case Mapping mapping -> obstacle(mapping);
            case DnsRecord record -> obstacle(record);
        };
    }

    private Optional<String> obstacle(Mapping wanted) {
        return of(Mapping.class)
                .filter(other -> !EntryRules.same(other, wanted))
                .flatMap(other -> clash(wanted, other).stream())
                .findFirst()
                .or(() -> nameObstacle(wanted));
    }

    private static Optional<String> clash(Mapping wanted, Mapping other) {
        if (other.addressText().equals(wanted.addressText())) {
            return Optional.of("the address " + wanted.addressText() + " is already mapped: " + other);
        }
        if (other.macText().equalsIgnoreCase(wanted.macText())) {
            return Optional.of("the MAC " + wanted.macText() + " is already mapped: " + other);
        }
        if (other.name().equalsIgnoreCase(wanted.name())) {
            return Optional.of("the name " + wanted.name() + " is already used: " + other);
        }
        return Optional.empty();
    }

    private Optional<String> nameObstacle(Mapping wanted) {
        return EntryRules.nameOf(wanted, config.subnetOf(wanted)).stream()
                .flatMap(name -> records().filter(record -> record.answersTo(name)))
                .filter(record -> otherAddress(record, wanted.addressText()))
                .map(record -> "the mapping's name already has another address: " + record)
                .findFirst();
    }

    /** Further addresses beside the mapping's own are what humans added; other IPv4 addresses alone contradict it. */
    private static boolean otherAddress(DnsRecord record, String address) {
        return !record.addresses().contains(address)
                && record.addresses().stream().anyMatch(IpAddress::isAddress);
    }

    private Optional<String> obstacle(DnsRecord wanted) {
        List<String> names = Stream.concat(Stream.of(wanted.name()), wanted.aliases().stream())
                .toList();
        return records()
                .filter(other -> !EntryRules.same(other, wanted))
                .filter(other -> names.stream().anyMatch(other::answersTo))
                .map(other -> "the name is already used: " + other)
                .findFirst()
                .or(() -> of(Mapping.class)
                        .filter(mapping -> !wanted.addresses().contains(mapping.addressText()))
                        .filter(mapping -> EntryRules.nameOf(mapping, config.subnetOf(mapping))
                                .filter(wanted::named)
                                .isPresent())
                        .map(mapping -> "the name is already made by another: " + mapping)
                        .findFirst());
    }
}
