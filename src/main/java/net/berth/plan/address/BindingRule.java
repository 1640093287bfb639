package net.berth.plan.address;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.berth.model.AddressRange;
import net.berth.model.Guest;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.router.ConfigAddress;
import net.berth.model.router.ConfigHost;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.ConflictCode;
import net.berth.plan.NicCase;

/** Decides which address a NIC has: its row, a human's row for it, what the guest or the router already says, the next free. */
public final class BindingRule {
    private BindingRule() {}

    public static Binding decide(NicCase c) {
        List<AddressRow> own = own(c, c.nic(), c.network());
        Binding found = own.isEmpty()
                ? NicLimit.limited(c, without(c))
                : HandMadeRow.toMoveTo(c, own)
                        .<Binding>map(row -> new Binding.Adopted(row, own))
                        .orElseGet(() -> kept(own));
        found.bound().ifPresent(address -> c.rows().give(address, c.nic().id()));
        return found;
    }

    /** The rows of a NIC of this guest, which is on this network. */
    static List<AddressRow> own(NicCase c, Nic nic, Network network) {
        return c.rows().of(nic.id()).stream()
                .filter(row -> network.prefix().contains(row.address()))
                .filter(row -> !isAnotherMachine(c.guest(), nic, row))
                .toList();
    }

    /** For a NIC that has no row. */
    private static Binding without(NicCase c) {
        return HandMadeRow.proved(c)
                .<Binding>map(row -> new Binding.Adopted(row, List.of()))
                .or(() -> configured(c))
                .or(() -> mapped(c))
                .or(() -> seen(c))
                .or(() -> roleByName(c))
                .or(() -> FreeAddress.wished(c))
                .orElseGet(() -> chosen(c));
    }

    /** A row whose claim was interrupted is claimed again, which finishes it. */
    private static Binding kept(List<AddressRow> own) {
        AddressRow first = own.getFirst();
        if (first.claiming() && !first.quarantined()) {
            return new Binding.New(first.address(), "a claim that was not finished");
        }
        return new Binding.Kept(first, own.subList(1, own.size()));
    }

    /**
     * VMIDs are used again: the row is another machine's when neither its MAC nor its uuid is this guest's. Where
     * there is no uuid to compare (a container has none) the name must differ beside the MAC, or the address be in quarantine.
     */
    public static boolean isAnotherMachine(Guest guest, Nic nic, AddressRow row) {
        boolean otherMac = !row.avp(RowAttributes.MAC).isEmpty()
                && !row.avp(RowAttributes.MAC).equalsIgnoreCase(nic.mac().text());
        String uuid = row.avp(RowAttributes.UUID);
        if (!uuid.isEmpty() && !guest.uuid().isEmpty()) {
            return otherMac && !uuid.equalsIgnoreCase(guest.uuid());
        }
        boolean otherName =
                !guest.name().isEmpty() && !row.node().isEmpty() && !row.node().equalsIgnoreCase(guest.name());
        return otherMac && (otherName || row.quarantined());
    }

    /** A guest's own fixed address is adopted while nothing else has it. */
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
        // A clone with its parent's address gets its own; GuestConfigRule adds the conflict.
        return adopted(c, address, "the address in the guest's own config");
    }

    /** An address that Berth itself wrote for the NIC's previous network is no wish for this one. */
    private static boolean isOwnOld(NicCase c, IpAddress address) {
        return c.rows().at(address).filter(row -> row.binds(c.nic().id())).isPresent();
    }

    /** The address that the router already gives to this MAC is adopted while nothing else has it. */
    private static Optional<Binding> mapped(NicCase c) {
        Stream<IpAddress> mapped = c.router().mappings(c.nic().mac()).stream()
                .filter(mapping ->
                        !mapping.disabled() && c.rows().owner(mapping).isEmpty())
                .flatMap(mapping -> mapping.address().stream());
        Stream<IpAddress> byLine = c.router().binding(c.nic().mac()).flatMap(host -> host.addresses().stream());
        return Stream.concat(mapped, byLine)
                .filter(address -> c.network().prefix().isHost(address))
                .findFirst()
                .flatMap(address -> adopted(c, address, "the address of the router's mapping for its MAC"));
    }

    /** The address that a running guest is seen to use is its own, as one that was set inside of it. */
    private static Optional<Binding> seen(NicCase c) {
        return Sighting.inUse(c)
                .filter(address -> c.network().prefix().isHost(address))
                .flatMap(address -> adopted(c, address, "the address that it was seen to use"));
    }

    /** A guest whose hand-made row has the address of a gateway or a nameserver may be that machine. */
    private static Optional<Binding> roleByName(NicCase c) {
        return HandMadeRow.named(c)
                .filter(row -> AddressRole.of(c, row.address()).isPresent())
                .findFirst()
                .map(row -> unconfirmed(
                        c, row.address(), "NIPAP has the hand-made row " + row.address() + " for " + c.title()));
    }

    private static Binding unconfirmed(NicCase c, IpAddress address, String claim) {
        c.conflict(
                ConflictCode.FOREIGN_ENTRY,
                claim + ", the address of the " + AddressRole.of(c, address).orElseThrow()
                        + ", and nothing shows that it is that machine; nothing is written",
                "if it is, start it, so that the router sees it there, or confirm by a row in NIPAP: " + address
                        + " with node \"" + c.guest().name() + "\", no external key and the tag "
                        + AddressRow.SOURCE + "; if not, give it another address or name");
        return new Binding.Blocked();
    }

    /** Empty when the address is a Berth row or another NIC of this guest gets it, so that this NIC needs another. */
    private static Optional<Binding> adopted(NicCase c, IpAddress address, String why) {
        if (c.rows().ours(address) || c.rows().isGiven(address)) {
            return Optional.empty();
        }
        return Optional.of(blockedAt(c, address).orElseGet(() -> new Binding.New(address, why)));
    }

    private static Optional<Binding> blockedAt(NicCase c, IpAddress address) {
        String claim = c.title() + " uses " + address;
        if (isRouters(c, address, claim)) {
            return Optional.of(new Binding.Blocked());
        }
        Optional<Mapping> foreign = foreignMapping(c, address);
        Optional<AddressRow> row = c.rows().at(address);
        if (row.isPresent()) {
            c.conflict(
                    ConflictCode.FOREIGN_ENTRY,
                    claim + ", but NIPAP has a row for it that is not Berth's (node \""
                            + row.get().node() + "\", description \""
                            + row.get().description() + "\")",
                    "if the row is this guest's, set its node to \"" + c.guest().name()
                            + "\", empty its external key and add the tag " + AddressRow.SOURCE
                            + " in NIPAP, and Berth adopts it; else give the guest another address");
            return Optional.of(new Binding.Blocked());
        }
        if (foreign.isPresent()) {
            return Optional.of(blockedByMapping(c, claim, foreign.get()));
        }
        if (LeaseRule.reportForeign(c, address, claim) || isBoundByLine(c, address, claim)) {
            return Optional.of(new Binding.Blocked());
        }
        return AddressRole.of(c, address).isPresent() && !Sighting.at(c, address)
                ? Optional.of(unconfirmed(c, address, claim))
                : Optional.empty();
    }

    /** Whether the router itself has the address; adds the conflict then. */
    private static boolean isRouters(NicCase c, IpAddress address, String claim) {
        Optional<ConfigAddress> own = c.router().own(address);
        own.ifPresent(found -> c.conflict(
                ConflictCode.FOREIGN_ENTRY,
                claim + ", but " + address + " is the router's own: " + found.line(),
                "give the guest another address, or remove that line on the router if it is stale"));
        return own.isPresent();
    }

    /** Whether another line of the router's config gives the address to another MAC; adds the conflict then. */
    private static boolean isBoundByLine(NicCase c, IpAddress address, String claim) {
        Optional<ConfigHost> line = c.router()
                .binding(address)
                .filter(host -> !host.macs().contains(c.nic().mac()))
                .findFirst();
        line.ifPresent(host -> c.conflict(
                ConflictCode.FOREIGN_ENTRY,
                claim + ", but the router gives that address to another MAC by the line: " + host.line(),
                "delete that line on the router if it is stale, or give the guest another address"));
        return line.isPresent();
    }

    private static Binding blockedByMapping(NicCase c, String claim, Mapping foreign) {
        c.conflict(
                ConflictCode.FOREIGN_ENTRY,
                claim + ", but the router gives that address to another MAC by " + foreign,
                "delete that mapping on the router if it is stale, or give the guest another address");
        return new Binding.Blocked();
    }

    /** The router's mapping that gives the address to another MAC. */
    static Optional<Mapping> foreignMapping(NicCase c, IpAddress address) {
        return c.router().mappings(address).stream()
                .filter(mapping -> !mapping.maps(c.nic().mac()))
                .findFirst();
    }

    private static Binding chosen(NicCase c) {
        List<AddressRange> spans = FreeAddress.spans(c.network(), c.situation().pools());
        Optional<IpAddress> free = FreeAddress.lowest(c, spans);
        String pool = c.network().pool();
        if (free.isPresent()) {
            String why = "the lowest free address" + (pool.isEmpty() ? "" : " of pool " + pool);
            return new Binding.New(free.get(), why);
        }
        return spans.isEmpty() ? noPool(c, pool) : exhausted(c, pool);
    }

    private static Binding noPool(NicCase c, String pool) {
        String what = c.situation().pools().containsKey(pool)
                ? "pool " + pool + " of NIPAP has no assignment inside of network "
                : "NIPAP has no pool " + pool + " for network ";
        c.conflict(
                ConflictCode.POOL_MISSING,
                what + c.network().name() + " (" + c.network().prefix() + "), so " + c.title() + " gets no address",
                "add an assignment inside of " + c.network().prefix() + " to pool " + pool
                        + " in NIPAP, or correct allocate: of this network in berth.yaml");
        return new Binding.Blocked();
    }

    private static Binding exhausted(NicCase c, String pool) {
        c.conflict(
                ConflictCode.POOL_EXHAUSTED,
                (pool.isEmpty() ? "" : "pool " + pool + " of ") + "network "
                        + c.network().name() + " (" + c.network().prefix() + ") has no free address for " + c.title(),
                pool.isEmpty()
                        ? "free addresses in NIPAP, shorten exclude: or the router's dynamic range, or use a larger"
                                + " prefix"
                        : "free addresses in NIPAP, or add another assignment inside of "
                                + c.network().prefix() + " to pool " + pool);
        return new Binding.Blocked();
    }
}
