package net.berth.plan.entry;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.berth.model.IpAddress;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.plan.Change;

/**
 * Finds what a receiver itself put on the router and nothing asks for any more: while its commit was on the way, another
 * receiver or a person changed the row. Only who put it knows whose it is; so it is the one to remove it.
 */
public final class StaleWrites {
    private StaleWrites() {}

    /**
     * The removals that are due.
     *
     * @param puts what was put, or may have been
     * @param rowAt the row of an address, as NIPAP has it after that
     * @param router the router after that
     */
    public static List<Change> removals(
            List<Change.OnRouter> puts, Function<IpAddress, Optional<AddressRow>> rowAt, RouterView router) {
        return puts.stream()
                .flatMap(
                        put -> removal(put.change(), rowAt, router).stream().map(change -> (Change) new Change.OnRouter(
                                put.nic(),
                                change,
                                "its row in NIPAP was changed by others while Berth put this on the router")))
                .distinct()
                .toList();
    }

    private static Optional<RouterChange> removal(
            RouterChange put, Function<IpAddress, Optional<AddressRow>> rowAt, RouterView router) {
        return switch (put) {
            case RouterChange.PutMapping mapping ->
                mapping.wanted().address().stream()
                        .flatMap(address -> router.mappings(address).stream())
                        .filter(found -> MappingRule.same(found, mapping.wanted()))
                        .filter(found -> !asks(found, rowAt))
                        .findFirst()
                        .map(RouterChange.RemoveMapping::new);
            case RouterChange.PutRecord record ->
                Optional.of(record.wanted())
                        .filter(router.records()::contains)
                        .filter(wanted -> !asks(wanted, rowAt))
                        .map(RouterChange.RemoveRecord::new);
            case RouterChange.RemoveMapping removed -> Optional.empty();
            case RouterChange.RemoveRecord removed -> Optional.empty();
        };
    }

    /** A mapping with another MAC or name is put right, not removed. */
    private static boolean asks(Mapping mapping, Function<IpAddress, Optional<AddressRow>> rowAt) {
        return mapping.address().flatMap(rowAt).filter(StaleWrites::binds).isPresent();
    }

    private static boolean asks(DnsRecord record, Function<IpAddress, Optional<AddressRow>> rowAt) {
        return record.addresses().stream()
                .filter(IpAddress::isAddress)
                .map(IpAddress::parse)
                .flatMap(address -> rowAt.apply(address).stream())
                .anyMatch(row -> binds(row) && record.named(row.description()));
    }

    private static boolean binds(AddressRow row) {
        return row.ours() && !row.quarantined();
    }
}
