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
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.NicCase;

/** Decides which address a NIC has: its row, a human's row for it, what the guest or the router already says, the next free. */
public record BindingRule(NicCase c) {

    public Binding decide() {
        List<AddressRow> own = own(c.nic(), c.network());
        Binding found = own.isEmpty()
                ? limited(without())
                : HandMadeRow.toMoveTo(c, own)
                        .<Binding>map(row -> new Binding.Adopted(row, own))
                        .orElseGet(() -> kept(own));
        found.bound().ifPresent(address -> c.rows().give(address, c.nic().id()));
        return found;
    }

    /**
     * The binding, unless it needs a new row beyond {@code nics-limit}, so that the owner of a guest cannot use up a network;
     * then the conflict is added. NICs outside of Berth's networks do not count. A NIC that has a row keeps it, and a hand-made
     * row is adopted, beyond the limit too.
     */
    private Binding limited(Binding found) {
        if (!(found instanceof Binding.New)) {
            return found;
        }
        int limit = c.policy().nicsLimit();
        List<Nic> nics = c.guest().nics().stream()
                .filter(nic -> Network.of(nic, c.networks()).isPresent())
                .toList();
        if (nics.size() <= limit || nics.stream().filter(nic -> isBound(nic)).count() < limit) {
            return found;
        }
        c.conflicts()
                .add(new Conflict(
                        ConflictCode.TOO_MANY_NICS,
                        "",
                        c.guest().title() + " has " + nics.size() + " NICs in Berth's networks, and nics-limit is "
                                + limit + "; those without an address get none",
                        "if it is to have as many, set nics-limit: " + nics.size()
                                + " below guests: in berth.yaml and restart the receiver; else remove NICs"));
        return new Binding.Blocked();
    }

    /** Whether the NIC has an address, or gets one by this plan. */
    private boolean isBound(Nic nic) {
        return c.rows().isGiven(nic.id())
                || Network.of(nic, c.networks())
                        .filter(network -> !own(nic, network).isEmpty())
                        .isPresent();
    }

    /** The rows of a NIC of this guest, which is on this network. */
    private List<AddressRow> own(Nic nic, Network network) {
        return c.rows().of(nic.id()).stream()
                .filter(row -> network.prefix().contains(row.address()))
                .filter(row -> !isAnotherMachine(c.guest(), nic, row))
                .toList();
    }

    /** For a NIC that has no row. */
    private Binding without() {
        return HandMadeRow.proved(c)
                .<Binding>map(row -> new Binding.Adopted(row, List.of()))
                .or(() -> configured())
                .or(() -> mapped())
                .or(() -> seen())
                .or(() -> roleByName())
                .or(() -> FreeAddress.wished(c))
                .orElseGet(() -> chosen());
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
    private Optional<Binding> configured() {
        if (c.configured().isEmpty()) {
            return Optional.empty();
        }
        IpAddress address = c.configured().get();
        boolean isHost = c.network().prefix().isHost(address);
        // An address that Berth itself wrote for the NIC's previous network is no wish for this one.
        if (!isHost
                && c.rows().at(address).filter(row -> row.binds(c.nic().id())).isPresent()) {
            return Optional.empty();
        }
        if (!isHost) {
            return Optional.of(blocked(
                    ConflictCode.OUTSIDE_PREFIX,
                    c.title() + " has the fixed address " + address + ", which is no host address of network "
                            + c.network().name() + " (" + c.network().prefix() + ")",
                    "correct the address in the guest's config, or its bridge or VLAN, or networks: in berth.yaml"));
        }
        // A clone with its parent's address gets its own; GuestConfigRule adds the conflict.
        return adopted(address, "the address in the guest's own config");
    }

    /** The address that the router already gives to this MAC is adopted while nothing else has it. */
    private Optional<Binding> mapped() {
        Stream<IpAddress> mapped = c.router().mappings(c.nic().mac()).stream()
                .filter(mapping ->
                        !mapping.disabled() && c.rows().owner(mapping).isEmpty())
                .flatMap(mapping -> mapping.address().stream());
        Stream<IpAddress> byLine = c.router().binding(c.nic().mac()).flatMap(host -> host.addresses().stream());
        return Stream.concat(mapped, byLine)
                .filter(address -> c.network().prefix().isHost(address))
                .findFirst()
                .flatMap(address -> adopted(address, "the address of the router's mapping for its MAC"));
    }

    /** The address that a running guest is seen to use is its own, as one that was set inside of it. */
    private Optional<Binding> seen() {
        return Sighting.inUse(c)
                .filter(address -> c.network().prefix().isHost(address))
                .flatMap(address -> adopted(address, "the address that it was seen to use"));
    }

    /** A guest whose hand-made row has the address of a gateway or a nameserver may be that machine. */
    private Optional<Binding> roleByName() {
        return HandMadeRow.named(c)
                .filter(row -> c.role(row.address()).isPresent())
                .findFirst()
                .map(row -> unconfirmed(
                        row.address(), "NIPAP has the hand-made row " + row.address() + " for " + c.title()));
    }

    private Binding unconfirmed(IpAddress address, String claim) {
        return blocked(
                ConflictCode.FOREIGN_ENTRY,
                claim + ", the address of the " + c.role(address).orElseThrow()
                        + ", and nothing shows that it is that machine; nothing is written",
                "if it is, start it, so that the router sees it there, or confirm by a row in NIPAP: " + address
                        + " with node \"" + c.guest().name() + "\", no external key and the tag "
                        + AddressRow.SOURCE + "; if not, give it another address or name");
    }

    private Binding blocked(ConflictCode code, String message, String fix) {
        c.conflict(code, message, fix);
        return new Binding.Blocked();
    }

    /** Empty when the address is a Berth row or another NIC of this guest gets it, so that this NIC needs another. */
    private Optional<Binding> adopted(IpAddress address, String why) {
        return c.rows().ours(address) || c.rows().isGiven(address)
                ? Optional.empty()
                : Optional.of(adoptedOrBlocked(address, why));
    }

    private Binding adoptedOrBlocked(IpAddress address, String why) {
        String claim = c.title() + " uses " + address;
        String others = claim + ", but the router gives that address to another MAC by ";
        Optional<ConfigAddress> own = c.router().own(address);
        if (own.isPresent()) {
            return blocked(
                    ConflictCode.FOREIGN_ENTRY,
                    claim + ", but " + address + " is the router's own: "
                            + own.get().line(),
                    "give the guest another address, or remove that line on the router if it is stale");
        }
        Optional<Mapping> foreign = foreignMapping(c, address);
        Optional<AddressRow> row = c.rows().at(address);
        if (row.isPresent()) {
            return blocked(
                    ConflictCode.FOREIGN_ENTRY,
                    claim + ", but NIPAP has a row for it that is not Berth's (node \""
                            + row.get().node() + "\", description \""
                            + row.get().description() + "\")",
                    "if the row is this guest's, set its node to \"" + c.guest().name()
                            + "\", empty its external key and add the tag " + AddressRow.SOURCE
                            + " in NIPAP, and Berth adopts it; else give the guest another address");
        }
        if (foreign.isPresent()) {
            return blocked(
                    ConflictCode.FOREIGN_ENTRY,
                    others + foreign.get(),
                    "delete that mapping on the router if it is stale, or give the guest another address");
        }
        if (Sighting.reportForeign(c, address, claim)) {
            return new Binding.Blocked();
        }
        Optional<ConfigHost> line = c.router()
                .binding(address)
                .filter(host -> !host.macs().contains(c.nic().mac()))
                .findFirst();
        if (line.isPresent()) {
            return blocked(
                    ConflictCode.FOREIGN_ENTRY,
                    others + "the line: " + line.get().line(),
                    "delete that line on the router if it is stale, or give the guest another address");
        }
        return c.role(address).isPresent() && !Sighting.at(c, address)
                ? unconfirmed(address, claim)
                : new Binding.New(address, why);
    }

    /** The router's mapping that gives the address to another MAC. */
    static Optional<Mapping> foreignMapping(NicCase c, IpAddress address) {
        return c.router().mappings(address).stream()
                .filter(mapping -> !mapping.maps(c.nic().mac()))
                .findFirst();
    }

    private Binding chosen() {
        List<AddressRange> spans = FreeAddress.spans(c.network(), c.situation().pools());
        Optional<IpAddress> free = FreeAddress.lowest(c, spans);
        String pool = c.network().pool();
        if (free.isPresent()) {
            String why = "the lowest free address" + (pool.isEmpty() ? "" : " of pool " + pool);
            return new Binding.New(free.get(), why);
        }
        return spans.isEmpty() ? noPool(pool) : exhausted(pool);
    }

    private Binding noPool(String pool) {
        String what = c.situation().pools().containsKey(pool)
                ? "pool " + pool + " of NIPAP has no assignment inside of network "
                : "NIPAP has no pool " + pool + " for network ";
        return blocked(
                ConflictCode.POOL_MISSING,
                what + c.network().name() + " (" + c.network().prefix() + "), so " + c.title() + " gets no address",
                "add an assignment inside of " + c.network().prefix() + " to pool " + pool
                        + " in NIPAP, or correct allocate: of this network in berth.yaml");
    }

    private Binding exhausted(String pool) {
        return blocked(
                ConflictCode.POOL_EXHAUSTED,
                (pool.isEmpty() ? "" : "pool " + pool + " of ") + "network "
                        + c.network().name() + " (" + c.network().prefix() + ") has no free address for " + c.title(),
                pool.isEmpty()
                        ? "free addresses in NIPAP, shorten exclude: or the router's dynamic range, or use a larger"
                                + " prefix"
                        : "free addresses in NIPAP, or add another assignment inside of "
                                + c.network().prefix() + " to pool " + pool);
    }
}
