package net.berth.plan.address;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.berth.model.AddressRange;
import net.berth.model.Guest;
import net.berth.model.IpAddress;
import net.berth.model.Nic;
import net.berth.model.router.ConfigAddress;
import net.berth.model.router.Mapping;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.ConflictCode;
import net.berth.plan.NicCase;

/** Decides which address a NIC has: its row, a human's row for it, what the guest or the router already says, the next free. */
public final class BindingRule {
    private BindingRule() {}

    public static Binding decide(NicCase c) {
        List<AddressRow> own = c.rows().of(c.nic().id()).stream()
                .filter(row -> c.network().prefix().contains(row.address()))
                .filter(row -> !isAnotherMachine(c.guest(), c.nic(), row))
                .toList();
        if (!own.isEmpty()) {
            return kept(own);
        }
        Binding found = humanRow(c)
                .or(() -> configured(c))
                .or(() -> mapped(c))
                .or(() -> FreeAddress.wished(c))
                .orElseGet(() -> chosen(c));
        found.bound().ifPresent(c.rows()::give);
        return found;
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

    private static Optional<Binding> humanRow(NicCase c) {
        String fqdn = c.label().in(c.network().domain());
        List<AddressRow> named = Stream.of(c.guest().name(), fqdn)
                .filter(name -> !c.guest().name().isEmpty())
                .flatMap(c.rows()::ofHumans)
                .distinct()
                .filter(row -> c.network().prefix().isHost(row.address()))
                .filter(row -> row.externalKey().isEmpty())
                .filter(row -> !c.rows().isGiven(row.address()))
                .filter(row -> !isRouters(c, row.address(), "NIPAP has a hand-made row for " + c.title()))
                .sorted((a, b) -> a.address().compareTo(b.address()))
                .toList();
        List<AddressRow> usable = named.stream()
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
        Optional<AddressRow> configured = usable.stream()
                .filter(row -> c.configured().filter(row.address()::equals).isPresent())
                .findFirst();
        return Optional.of(new Binding.Adopted(configured.orElseGet(usable::getFirst)));
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
        return c.router().mappings(c.nic().mac()).stream()
                .filter(mapping ->
                        !mapping.disabled() && c.rows().owner(mapping).isEmpty())
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
        if (isRouters(c, address, c.title() + " uses " + address)) {
            return Optional.of(new Binding.Blocked());
        }
        Optional<AddressRow> row = c.rows().at(address);
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
        if (c.network().isGateway(address)) {
            c.conflict(
                    ConflictCode.FOREIGN_ENTRY,
                    c.title() + " uses " + address + ", the gateway of network "
                            + c.network().name(),
                    "give the guest another address");
            return Optional.of(new Binding.Blocked());
        }
        return LeaseRule.reportForeign(c, address, c.title() + " uses " + address)
                ? Optional.of(new Binding.Blocked())
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
