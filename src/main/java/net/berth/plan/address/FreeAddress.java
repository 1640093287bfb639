package net.berth.plan.address;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.berth.model.AddressRange;
import net.berth.model.Guest;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.Prefix;
import net.berth.model.router.ConfigAddress;
import net.berth.model.router.Neighbour;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import net.berth.plan.ConflictCode;
import net.berth.plan.NicCase;

/**
 * Finds an address for a NIC that has none: one that a tag of its guest asks for, or the next that is free. All receivers
 * find one address from one view. Once the NIC has an address, the tag means nothing.
 */
final class FreeAddress {
    private static final String WISH = "ip-";

    private FreeAddress() {}

    /**
     * The address that a tag like {@code ip-192-168-1-50} asks for; empty when the guest has no wish that this NIC could
     * grant.
     */
    static Optional<Binding> wished(NicCase c) {
        return wishes(c.guest())
                .filter(address -> c.network().prefix().contains(address))
                .filter(address -> !c.rows().isGiven(address) && !isOfOtherNic(c, address))
                .findFirst()
                .map(address -> granted(c, address));
    }

    private static Stream<IpAddress> wishes(Guest guest) {
        // Proxmox allows no dots in a tag.
        return guest.tags().stream()
                .filter(tag -> tag.startsWith(WISH))
                .map(tag -> tag.substring(WISH.length()).replace('-', '.'))
                .filter(IpAddress::isAddress)
                .map(IpAddress::parse);
    }

    private static boolean isOfOtherNic(NicCase c, IpAddress address) {
        return c.rows()
                .at(address)
                .filter(row -> !row.quarantined())
                .flatMap(AddressRow::nic)
                .filter(nic -> nic.guest().equals(c.guest().id()))
                .isPresent();
    }

    private static Binding granted(NicCase c, IpAddress address) {
        Optional<String> obstacle = obstacle(c, address);
        if (obstacle.isEmpty()) {
            return new Binding.New(address, "the address that its tag asks for");
        }
        String tag = WISH + address.toString().replace('.', '-');
        c.conflict(
                ConflictCode.WISH_NOT_FREE,
                c.title() + " asks for " + address + " by its tag " + tag + ", but " + obstacle.get(),
                "free the address, or give the guest another tag, or none for the lowest free address");
        return new Binding.Blocked();
    }

    /**
     * The spans of a network to choose from, the lowest first; none when its pool has no prefix there.
     *
     * @param pools the prefixes of each pool that NIPAP has, by its name
     */
    static List<AddressRange> spans(Network network, Map<String, List<Prefix>> pools) {
        Prefix whole = network.prefix();
        if (network.pool().isEmpty()) {
            return List.of(new AddressRange(whole.network(), whole.last()));
        }
        return pools.getOrDefault(network.pool(), List.of()).stream()
                .flatMap(member -> inside(whole, member).stream())
                .sorted(Comparator.comparing(AddressRange::first))
                .toList();
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

    /**
     * The lowest in the first of the spans that has one. One on which another machine was met long ago is the last choice, and
     * so is one for which a MAC answers that answers for many.
     */
    static Optional<IpAddress> lowest(NicCase c, List<AddressRange> spans) {
        return lowest(c, spans, neighbour -> true)
                .or(() -> lowest(c, spans, neighbour -> c.router()
                        .occupies(neighbour, c.network().prefix())));
    }

    private static Optional<IpAddress> lowest(NicCase c, List<AddressRange> spans, Predicate<Neighbour> avoided) {
        return spans.stream().flatMap(span -> lowest(c, span, avoided).stream()).findFirst();
    }

    private static Optional<IpAddress> lowest(NicCase c, AddressRange span, Predicate<Neighbour> avoided) {
        Optional<AddressRange> left = Optional.of(span);
        while (left.isPresent()) {
            Optional<IpAddress> candidate = left.flatMap(c.rows()::withoutRow);
            if (candidate.isEmpty()) {
                return candidate;
            }
            IpAddress address = candidate.get();
            Optional<AddressRange> shut =
                    shut(c).filter(range -> range.contains(address)).findFirst();
            if (shut.isEmpty()
                    && !c.rows().isGiven(address)
                    && !c.situation().fixedElsewhere(address)
                    && mayGive(c, address)
                    && c.router().addresses(address).isEmpty()
                    && !isUsed(c, address)
                    && !isMet(c, address, avoided)) {
                return candidate;
            }
            // A whole range is stepped over at once: a /16 may be excluded but for its end.
            left = span.behind(shut.map(AddressRange::last).orElse(address));
        }
        return Optional.empty();
    }

    /** Why an address cannot be given to the NIC, in words; empty when it is free. */
    private static Optional<String> obstacle(NicCase c, IpAddress address) {
        Optional<AddressRow> row = c.rows().at(address);
        if (row.isPresent()) {
            return Optional.of("NIPAP has a row for it: " + owner(row.get()));
        }
        if (!mayGive(c, address)) {
            return Optional.of("it is the gateway, a nameserver, or no host address of "
                    + c.network().prefix());
        }
        if (shut(c).anyMatch(range -> range.contains(address))) {
            return Optional.of("it lies in exclude: or in a dynamic range of the router");
        }
        if (c.situation().fixedElsewhere(address)) {
            return Optional.of("another guest's config has it, or that guest is seen to use it");
        }
        // A rule may be made for the guest that is to come.
        Optional<String> line = c.router().addresses(address).stream()
                .filter(found -> found.use() != ConfigAddress.Use.RULE)
                .map(found -> "it is in use by this line of the router's config: " + found.line())
                .findFirst();
        return line.or(() -> isUsed(c, address) || isMet(c, address, neighbour -> true)
                ? Optional.of("the router has a mapping, a name or a live lease of another machine for it")
                : Optional.empty());
    }

    private static String owner(AddressRow row) {
        String words = row.nic().map(NicId::toString).orElse("node \"" + row.node() + "\", not Berth's");
        return row.quarantined() ? words + ", destroyed or released; its address is in quarantine" : words;
    }

    /** What the settings exclude and what the router gives out by itself. */
    private static Stream<AddressRange> shut(NicCase c) {
        return Stream.concat(c.network().exclude().stream(), c.router().ranges());
    }

    private static boolean isUsed(NicCase c, IpAddress address) {
        RouterView router = c.router();
        return c.rows().at(address).isPresent()
                || router.mappings(address).stream()
                        .anyMatch(mapping ->
                                mapping.disabled() || !mapping.maps(c.nic().mac()))
                || !router.records(address).isEmpty()
                || router.leases(address).anyMatch(lease -> Sighting.isForeign(c, lease))
                || c.guest().nics().stream()
                        .map(Nic::config)
                        .filter(NicConfig.Static.class::isInstance)
                        .anyMatch(config ->
                                ((NicConfig.Static) config).address().address().equals(address));
    }

    /** Whether another machine was met there. */
    private static boolean isMet(NicCase c, IpAddress address, Predicate<Neighbour> counts) {
        return c.router().neighbours(address).stream()
                .filter(neighbour -> !neighbour.mac().equals(c.nic().mac()))
                .anyMatch(counts);
    }

    private static boolean mayGive(NicCase c, IpAddress address) {
        return c.network().prefix().isHost(address) && c.role(address).isEmpty();
    }
}
