package net.berth.plan.address;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.berth.model.AddressRange;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.NicId;
import net.berth.model.Prefix;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;

/** Lists the state of each address of a network. Works on ranges: an empty /16 is as quick as a /24. */
public final class AddressMap {
    private final Network network;
    private final Map<IpAddress, AddressSpan> single = new TreeMap<>();
    private final List<AddressSpan> ranges = new ArrayList<>();

    private AddressMap(Network network) {
        this.network = network;
    }

    /**
     * All addresses of a network, each once, in their order.
     *
     * @param rows NIPAP's host rows inside the prefix
     * @param pools the prefixes of each pool that networks take addresses from, by name
     * @param now decides which leases are live
     */
    public static List<AddressSpan> of(
            Network network, List<AddressRow> rows, RouterView router, Map<String, List<Prefix>> pools, Instant now) {
        AddressMap map = new AddressMap(network);
        rows.forEach(map::row);
        map.foreign(router, now);
        map.shut(router);
        map.shutOutsidePool(pools);
        return map.spans();
    }

    private void row(AddressRow row) {
        AddressState state = row.ours() ? ofOurs(row) : AddressState.FOREIGN;
        String name = row.description().isEmpty() ? row.node() : row.description();
        put(row.address(), state, row.nic(), name, row.ours() ? "" : "a row in NIPAP that is not Berth's");
    }

    private static AddressState ofOurs(AddressRow row) {
        return switch (row.status()) {
            case ASSIGNED -> AddressState.RUNNING;
            case RESERVED -> AddressState.STOPPED;
            case QUARANTINE -> AddressState.QUARANTINED;
        };
    }

    /** What the router has on addresses that NIPAP knows nothing of. */
    private void foreign(RouterView router, Instant now) {
        router.mappings().forEach(mapping -> mapping.address()
                .ifPresent(address -> used(address, mapping.name(), "a mapping of the router's")));
        router.records().forEach(record -> record.ipv4()
                .forEach(address -> used(address, record.name(), "a name on the router")));
        router.addresses().stream()
                .filter(found -> !router.dynamic(found.address()))
                .forEach(found -> used(found.address(), "", found.line() + " in the router's config"));
        router.leases().stream()
                .filter(lease -> lease.expires().isAfter(now) && !router.dynamic(lease.address()))
                .forEach(lease -> used(lease.address(), lease.clientName(), "a live lease of " + lease.mac()));
        router.neighbours().stream()
                .filter(met -> router.occupies(met, network.prefix()) && !router.dynamic(met.address()))
                .forEach(met -> used(met.address(), "", met.mac() + " answers on it"));
    }

    private void used(IpAddress address, String name, String note) {
        if (!network.isGateway(address) && !network.nameservers().contains(address)) {
            put(address, AddressState.FOREIGN, Optional.empty(), name, note);
        }
    }

    private void put(IpAddress address, AddressState state, Optional<NicId> owner, String name, String note) {
        if (network.prefix().contains(address)) {
            single.putIfAbsent(
                    address,
                    new AddressSpan(
                            new AddressRange(address, address),
                            state,
                            owner.map(nic -> nic.guest().toString()).orElse(""),
                            owner.map(NicId::name).orElse(""),
                            name,
                            note));
        }
    }

    /** What is never given out. The first that fits counts. */
    private void shut(RouterView router) {
        network.gateway().ifPresent(address -> shut(one(address), AddressState.EXCLUDED, "gateway"));
        network.nameservers().forEach(address -> shut(one(address), AddressState.EXCLUDED, "nameserver"));
        if (!network.prefix().isHost(network.prefix().network())) {
            shut(one(network.prefix().network()), AddressState.EXCLUDED, "network");
            shut(one(network.prefix().last()), AddressState.EXCLUDED, "broadcast");
        }
        router.ranges().forEach(range -> shut(range, AddressState.DYNAMIC, ""));
        network.exclude().forEach(range -> shut(range, AddressState.EXCLUDED, ""));
    }

    private void shutOutsidePool(Map<String, List<Prefix>> pools) {
        if (!network.pool().isEmpty()) {
            IpAddress next = network.prefix().network();
            for (AddressRange span : FreeAddress.spans(network, pools)) {
                if (next.compareTo(span.first()) < 0) {
                    outsidePool(next, span.first().plus(-1));
                }
                if (span.last().equals(network.prefix().last())) {
                    return;
                }
                next = span.last().plus(1);
            }
            outsidePool(next, network.prefix().last());
        }
    }

    private void outsidePool(IpAddress first, IpAddress last) {
        shut(new AddressRange(first, last), AddressState.EXCLUDED, "outside of pool " + network.pool());
    }

    private static AddressRange one(IpAddress address) {
        return new AddressRange(address, address);
    }

    private void shut(AddressRange range, AddressState state, String note) {
        ranges.add(new AddressSpan(range, state, "", "", "", note));
    }

    private List<AddressSpan> spans() {
        IpAddress last = network.prefix().last();
        TreeSet<IpAddress> starts = new TreeSet<>();
        starts.add(network.prefix().network());
        single.keySet().forEach(address -> bounds(one(address), starts));
        ranges.forEach(span -> bounds(span.range(), starts));
        List<AddressSpan> spans = new ArrayList<>();
        for (IpAddress start : starts) {
            IpAddress next = starts.higher(start);
            AddressRange range = new AddressRange(start, next == null ? last : next.plus(-1));
            join(spans, at(range));
        }
        return spans;
    }

    /** Where a state may begin: at a range's first address and behind its last. */
    private void bounds(AddressRange range, Set<IpAddress> starts) {
        if (network.prefix().contains(range.first())) {
            starts.add(range.first());
        }
        if (network.prefix().contains(range.last())
                && !range.last().equals(network.prefix().last())) {
            starts.add(range.last().plus(1));
        }
    }

    private AddressSpan at(AddressRange range) {
        AddressSpan alone = single.get(range.first());
        if (alone != null) {
            return alone;
        }
        return ranges.stream()
                .filter(span -> span.range().contains(range.first()))
                .findFirst()
                .map(span -> new AddressSpan(range, span.state(), "", "", "", span.note()))
                .orElseGet(() -> new AddressSpan(range, AddressState.FREE, "", "", "", ""));
    }

    private static void join(List<AddressSpan> spans, AddressSpan next) {
        if (spans.isEmpty() || !isSame(spans.getLast(), next)) {
            spans.add(next);
            return;
        }
        AddressRange whole = new AddressRange(
                spans.removeLast().range().first(), next.range().last());
        spans.add(new AddressSpan(whole, next.state(), "", "", "", next.note()));
    }

    /** A bound or foreign address is never joined with its neighbours. */
    private static boolean isSame(AddressSpan before, AddressSpan next) {
        return before.state() == next.state()
                && before.state().compareTo(AddressState.DYNAMIC) >= 0
                && before.note().equals(next.note());
    }
}
