package net.berth.plan;

import java.util.List;
import java.util.Optional;
import net.berth.model.Avps;
import net.berth.model.Guest;
import net.berth.model.HostRow;
import net.berth.model.IpAddress;
import net.berth.model.Mapping;
import net.berth.model.Nic;
import net.berth.model.NicConfig;

/** Decides which address a NIC has: its row, a human's row for it, what the guest or the router already says, the next free. */
final class BindingRule {
    private BindingRule() {}

    static Binding decide(NicCase c) {
        List<HostRow> own = c.rows().of(c.nic().id()).stream()
                .filter(row -> c.network().prefix().contains(row.address()))
                .filter(row -> !isAnotherMachine(c.guest(), c.nic(), row))
                .toList();
        if (!own.isEmpty()) {
            return new Binding.Kept(own.getFirst(), own.subList(1, own.size()));
        }
        return humanRow(c).or(() -> configured(c)).or(() -> mapped(c)).orElseGet(() -> FreeAddress.lowest(c)
                .<Binding>map(address -> new Binding.New(address, "the lowest free address", ""))
                .orElseGet(() -> exhausted(c)));
    }

    /** VMIDs are used again: the row is another machine's when neither its MAC nor its uuid is this guest's. */
    static boolean isAnotherMachine(Guest guest, Nic nic, HostRow row) {
        boolean otherMac = !row.avp(Avps.MAC).isEmpty()
                && !row.avp(Avps.MAC).equalsIgnoreCase(nic.mac().text());
        boolean otherUuid = !row.avp(Avps.UUID).isEmpty() && !row.avp(Avps.UUID).equalsIgnoreCase(guest.uuid());
        return otherMac && (otherUuid || row.quarantined());
    }

    private static Optional<Binding> humanRow(NicCase c) {
        List<HostRow> mine = c.rows()
                .all()
                .filter(row -> c.network().prefix().contains(row.address()))
                .filter(row -> !row.source().equals(HostRow.SOURCE) || !row.ours())
                .filter(row -> row.externalKey().isEmpty() && namesGuest(c, row))
                .filter(row -> foreignMapping(c, row.address()).isEmpty())
                .sorted((a, b) -> a.address().compareTo(b.address()))
                .toList();
        Optional<HostRow> configured = mine.stream()
                .filter(row -> c.nic().config() instanceof NicConfig.Static fixed
                        && fixed.address().address().equals(row.address()))
                .findFirst();
        return configured.or(() -> mine.stream().findFirst()).map(Binding.Adopted::new);
    }

    private static boolean namesGuest(NicCase c, HostRow row) {
        String name = c.guest().name();
        return !name.isEmpty()
                && (row.node().equalsIgnoreCase(name)
                        || row.node().equalsIgnoreCase(c.label().in(c.network().domain())));
    }

    /** A guest's own fixed address is adopted while nobody else has it. */
    private static Optional<Binding> configured(NicCase c) {
        if (!(c.nic().config() instanceof NicConfig.Static fixed)) {
            return Optional.empty();
        }
        IpAddress address = fixed.address().address();
        if (!c.network().prefix().isHost(address)) {
            c.conflict(
                    ConflictCode.OUTSIDE_PREFIX,
                    c.title() + " has the fixed address " + fixed.address() + ", which is no host address of network "
                            + c.network().name() + " (" + c.network().prefix() + ")",
                    "correct the address in the guest's config, or its bridge or VLAN, or networks: in berth.yaml");
            return Optional.of(new Binding.Blocked());
        }
        Optional<HostRow> row = c.rows().at(address);
        if (row.isPresent() && row.get().ours()) {
            // A clone with its parent's address: it gets its own. GuestConfigRule tells the conflict.
            return Optional.empty();
        }
        String adopted = "the address in the guest's own config";
        return Optional.of(blockedBy(c, address, row).orElseGet(() -> new Binding.New(address, adopted, "")));
    }

    /** The address that the router already gives to this MAC is adopted while nobody else has it. */
    private static Optional<Binding> mapped(NicCase c) {
        Optional<Mapping> mapping = c.router().mappings(c.nic().mac()).stream()
                .filter(found -> found.address()
                        .filter(address -> c.network().prefix().isHost(address))
                        .isPresent())
                .findFirst();
        if (mapping.isEmpty()) {
            return Optional.empty();
        }
        IpAddress address = mapping.get().address().orElseThrow();
        Optional<HostRow> row = c.rows().at(address);
        if (row.isPresent() && row.get().ours()) {
            return Optional.empty();
        }
        return Optional.of(blockedBy(c, address, row)
                .orElseGet(() -> new Binding.New(
                        address,
                        "the address of the router's mapping for its MAC",
                        mapping.get().name())));
    }

    private static Optional<Binding> blockedBy(NicCase c, IpAddress address, Optional<HostRow> row) {
        if (row.isPresent()) {
            c.conflict(
                    ConflictCode.FOREIGN_ENTRY,
                    c.title() + " uses " + address + ", but NIPAP has a row for it that is not Berth's (node \""
                            + row.get().node() + "\", description \""
                            + row.get().description() + "\")",
                    "if the row is this guest's, set its node to \"" + c.guest().name()
                            + "\" in NIPAP and Berth adopts it; else give the guest another address");
            return Optional.of(new Binding.Blocked());
        }
        Optional<Mapping> foreign = foreignMapping(c, address);
        if (foreign.isPresent()) {
            c.conflict(
                    ConflictCode.FOREIGN_ENTRY,
                    c.title() + " uses " + address + ", but the router gives it to another MAC by " + foreign.get(),
                    "delete that mapping on the router if it is stale, or give the guest another address");
            return Optional.of(new Binding.Blocked());
        }
        if (address.equals(c.network().gateway())) {
            c.conflict(
                    ConflictCode.FOREIGN_ENTRY,
                    c.title() + " uses " + address + ", the gateway of network "
                            + c.network().name(),
                    "give the guest another address");
            return Optional.of(new Binding.Blocked());
        }
        return Optional.empty();
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
