package net.berth.plan;

import java.util.List;
import java.util.Optional;
import net.berth.model.Avps;
import net.berth.model.Guest;
import net.berth.model.HostRow;
import net.berth.model.IpAddress;
import net.berth.model.Mapping;
import net.berth.model.Nic;

/** Decides which address a NIC has: its row, a human's row for it, what the guest or the router already says, the next free. */
final class BindingRule {
    private BindingRule() {}

    static Binding decide(NicCase c) {
        List<HostRow> own = c.rows().of(c.nic().id()).stream()
                .filter(row -> c.network().prefix().contains(row.address()))
                .filter(row -> !isAnotherMachine(c.guest(), c.nic(), row))
                .toList();
        if (!own.isEmpty()) {
            return kept(own);
        }
        Binding found = humanRow(c)
                .or(() -> configured(c))
                .or(() -> mapped(c))
                .or(() -> WishRule.decide(c))
                .orElseGet(() -> FreeAddress.lowest(c)
                        .<Binding>map(address -> new Binding.New(address, "the lowest free address"))
                        .orElseGet(() -> exhausted(c)));
        found.bound().ifPresent(c.rows()::give);
        return found;
    }

    /** A row whose claim was cut off is claimed again, which finishes it. */
    private static Binding kept(List<HostRow> own) {
        HostRow first = own.getFirst();
        if (first.claiming() && !first.quarantined()) {
            return new Binding.New(first.address(), "a claim that was not finished");
        }
        return new Binding.Kept(first, own.subList(1, own.size()));
    }

    /**
     * VMIDs are used again: the row is another machine's when neither its MAC nor its uuid is this guest's. Where
     * there is no uuid to compare (a container has none) the name must differ beside the MAC, or the address rest already.
     */
    static boolean isAnotherMachine(Guest guest, Nic nic, HostRow row) {
        boolean otherMac = !row.avp(Avps.MAC).isEmpty()
                && !row.avp(Avps.MAC).equalsIgnoreCase(nic.mac().text());
        String uuid = row.avp(Avps.UUID);
        if (!uuid.isEmpty() && !guest.uuid().isEmpty()) {
            return otherMac && !uuid.equalsIgnoreCase(guest.uuid());
        }
        boolean otherName =
                !guest.name().isEmpty() && !row.node().isEmpty() && !row.node().equalsIgnoreCase(guest.name());
        return otherMac && (otherName || row.quarantined());
    }

    private static Optional<Binding> humanRow(NicCase c) {
        List<HostRow> named = c.rows()
                .all()
                .filter(row -> c.network().prefix().isHost(row.address()))
                .filter(row -> !row.ours() && row.externalKey().isEmpty() && namesGuest(c, row))
                .filter(row -> !c.rows().isGiven(row.address()))
                .sorted((a, b) -> a.address().compareTo(b.address()))
                .toList();
        List<HostRow> usable = named.stream()
                .filter(row -> foreignMapping(c, row.address()).isEmpty())
                .toList();
        if (usable.isEmpty()) {
            return named.stream()
                    .findFirst()
                    .map(row -> blockedByMapping(
                            c,
                            "NIPAP has a hand-made row " + row.address() + " for " + c.title(),
                            foreignMapping(c, row.address()).orElseThrow()));
        }
        Optional<HostRow> configured = usable.stream()
                .filter(row -> c.configured().filter(row.address()::equals).isPresent())
                .findFirst();
        return Optional.of(new Binding.Adopted(configured.orElseGet(usable::getFirst)));
    }

    private static boolean namesGuest(NicCase c, HostRow row) {
        String name = c.guest().name();
        return !name.isEmpty()
                && (row.node().equalsIgnoreCase(name)
                        || row.node().equalsIgnoreCase(c.label().in(c.network().domain())));
    }

    /** A guest's own fixed address is adopted while nobody else has it. */
    private static Optional<Binding> configured(NicCase c) {
        if (c.configured().isEmpty()) {
            return Optional.empty();
        }
        IpAddress address = c.configured().get();
        if (!c.network().prefix().isHost(address) && isOwnOld(c, address)) {
            return Optional.empty();
        }
        if (!c.network().prefix().isHost(address)) {
            c.conflict(
                    ConflictCode.OUTSIDE_PREFIX,
                    c.title() + " has the fixed address " + address + ", which is no host address of network "
                            + c.network().name() + " (" + c.network().prefix() + ")",
                    "correct the address in the guest's config, or its bridge or VLAN, or networks: in berth.yaml");
            return Optional.of(new Binding.Blocked());
        }
        // A clone with its parent's address gets its own; GuestConfigRule tells the conflict.
        return adopted(c, address, "the address in the guest's own config");
    }

    /** What Berth wrote on the network that this NIC was on before is nobody's wish for this one. */
    private static boolean isOwnOld(NicCase c, IpAddress address) {
        return c.rows().at(address).filter(row -> row.binds(c.nic().id())).isPresent();
    }

    /** The address that the router already gives to this MAC is adopted while nobody else has it. */
    private static Optional<Binding> mapped(NicCase c) {
        return c.router().mappings(c.nic().mac()).stream()
                .flatMap(mapping -> mapping.address().stream())
                .filter(address -> c.network().prefix().isHost(address))
                .findFirst()
                .flatMap(address -> adopted(c, address, "the address of the router's mapping for its MAC"));
    }

    /** Empty when the address is a Berth row or another NIC of this guest gets it, so that this NIC needs another. */
    private static Optional<Binding> adopted(NicCase c, IpAddress address, String why) {
        if (c.rows().ours(address) || c.rows().isGiven(address)) {
            return Optional.empty();
        }
        return Optional.of(blockedAt(c, address).orElseGet(() -> new Binding.New(address, why)));
    }

    private static Optional<Binding> blockedAt(NicCase c, IpAddress address) {
        Optional<HostRow> row = c.rows().at(address);
        if (row.isPresent()) {
            c.conflict(
                    ConflictCode.FOREIGN_ENTRY,
                    c.title() + " uses " + address + ", but NIPAP has a row for it that is not Berth's (node \""
                            + row.get().node() + "\", description \""
                            + row.get().description() + "\")",
                    "if the row is this guest's, set its node to \"" + c.guest().name()
                            + "\" and empty its external key in NIPAP, and Berth adopts it; else give the guest another"
                            + " address");
            return Optional.of(new Binding.Blocked());
        }
        Optional<Mapping> foreign = foreignMapping(c, address);
        if (foreign.isPresent()) {
            return Optional.of(blockedByMapping(c, c.title() + " uses " + address, foreign.get()));
        }
        if (address.equals(c.network().gateway())) {
            c.conflict(
                    ConflictCode.FOREIGN_ENTRY,
                    c.title() + " uses " + address + ", the gateway of network "
                            + c.network().name(),
                    "give the guest another address");
            return Optional.of(new Binding.Blocked());
        }
        return LeaseRule.tellForeign(c, address, c.title() + " uses " + address)
                ? Optional.of(new Binding.Blocked())
                : Optional.empty();
    }

    private static Binding blockedByMapping(NicCase c, String claim, Mapping foreign) {
        c.conflict(
                ConflictCode.FOREIGN_ENTRY,
                claim + ", but the router gives that address to another MAC by " + foreign,
                "delete that mapping on the router if it is stale, or give the guest another address");
        return new Binding.Blocked();
    }

    private static Optional<Mapping> foreignMapping(NicCase c, IpAddress address) {
        return c.router().mappings(address).stream()
                .filter(mapping -> !mapping.maps(c.nic().mac()))
                .findFirst();
    }

    private static Binding exhausted(NicCase c) {
        c.conflict(
                ConflictCode.POOL_EXHAUSTED,
                "network " + c.network().name() + " (" + c.network().prefix() + ") has no free address for "
                        + c.title(),
                "free addresses in NIPAP, shorten exclude: or the router's dynamic range, or use a larger prefix");
        return new Binding.Blocked();
    }
}
