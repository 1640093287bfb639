package net.berth.plan.address;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.berth.model.AddressRange;
import net.berth.model.Allocation;
import net.berth.model.Network;
import net.berth.model.Prefix;

/** Which addresses of a network may be chosen from. */
final class PoolSpans {
    private PoolSpans() {}

    /**
     * The spans of a network to choose from, the lowest first; none when its pool has no prefix there.
     *
     * @param pools the prefixes of each pool that NIPAP has, by its name
     */
    static List<AddressRange> of(Network network, Map<String, List<Prefix>> pools) {
        Prefix whole = network.prefix();
        return switch (network.allocation()) {
            case Allocation.Lowest lowest -> List.of(new AddressRange(whole.network(), whole.last()));
            case Allocation.Pool pool ->
                pools.getOrDefault(pool.name(), List.of()).stream()
                        .flatMap(member -> inside(whole, member).stream())
                        .sorted(Comparator.comparing(AddressRange::first))
                        .toList();
        };
    }

    /** Without the first and the last address of the pool's prefix, which NIPAP itself does not give out either. */
    private static Optional<AddressRange> inside(Prefix network, Prefix member) {
        if (member.contains(network.network())) {
            return Optional.of(new AddressRange(network.network(), network.last()));
        }
        if (!network.contains(member.network())) {
            return Optional.empty();
        }
        int edge = member.isHost(member.network()) ? 0 : 1;
        return Optional.of(
                new AddressRange(member.network().plus(edge), member.last().plus(-edge)));
    }
}
