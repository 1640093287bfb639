package net.berth.plan.entry;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Network;
import net.berth.model.router.ConfigHost;
import net.berth.model.router.Lease;
import net.berth.plan.ConflictCode;
import net.berth.plan.NicCase;

/**
 * Why a name is not given to a NIC that asks for it, although neither a row nor a DNS name nor a mapping of the router has it.
 * The first reason counts; {@code guests.allowed-names} of the settings ends all of them. A NIC that has the name keeps it.
 *
 * <pre>
 * the name                                                      | is given nevertheless
 * --------------------------------------------------------------+------------------------------------------------
 * is reserved: by its meaning, a node, a host in the settings   | if a human's entry leads to this NIC under it
 * stands in another line of the router's config                 | if that line has the guest's MAC or the address
 * is that of a live DHCP client                                 | if the client is a guest, or was one
 * </pre>
 */
final class NameReasons {
    private static final List<Reason> TABLE =
            List.of(NameReasons::reserved, NameReasons::inConfig, NameReasons::leased);

    private interface Reason {
        Optional<String> why(NicCase c, IpAddress address, String name);
    }

    private NameReasons() {}

    /** Adds a conflict if there is a reason; says whether there is one. */
    static boolean report(NicCase c, IpAddress address) {
        String label = c.label().label();
        String name = c.label().in(c.network().domain());
        if (!c.network().onRouter() || c.situation().names().isAllowed(label, name)) {
            return false;
        }
        Optional<String> found = TABLE.stream()
                .flatMap(reason -> reason.why(c, address, name).stream())
                .findFirst();
        found.ifPresent(why -> c.conflict(
                ConflictCode.NAME_TAKEN,
                "the name " + name + " is not free: " + why + "; " + NameRule.noName(c),
                "give the guest another name: " + c.renameCommand()
                        + "; or, if it is to have this one, add allowed-names: [" + label
                        + "] to guests: in berth.yaml"));
        return found.isPresent();
    }

    private static Optional<String> reserved(NicCase c, IpAddress address, String name) {
        String label = c.label().label();
        boolean isItsOwn = c.router().records(name).stream().anyMatch(record -> Ownership.leadsTo(record, address))
                || c.router().mappingsNamed(label).stream()
                        .anyMatch(mapping ->
                                mapping.maps(address) && mapping.maps(c.nic().mac()));
        return isItsOwn ? Optional.empty() : c.situation().names().why(label, name);
    }

    private static Optional<String> inConfig(NicCase c, IpAddress address, String name) {
        return Stream.of(
                        c.router().hosts(name),
                        c.router().hostsLabelled(c.label().label()))
                .flatMap(List::stream)
                .filter(host -> !host.addresses().contains(address)
                        && host.macs().stream().noneMatch(mac -> isOfGuest(c, mac)))
                .findFirst()
                .map(ConfigHost::line)
                .map(line -> "the router's config has the line: " + line);
    }

    private static Optional<String> leased(NicCase c, IpAddress address, String name) {
        return Stream.of(c.router().leases(c.label().label()), c.router().leases(name))
                .flatMap(List::stream)
                .filter(lease -> isOthers(c, lease, address) && isInDomain(c, lease))
                .findFirst()
                .map(lease -> "the DHCP client " + lease.mac() + " calls itself so, and has a live lease on "
                        + lease.address());
    }

    /**
     * A lease outlasts its guest. One of a guest that was made anew has a MAC or an address that a row still notes, or an
     * address that the router would not give out any more.
     */
    private static boolean isOthers(NicCase c, Lease lease, IpAddress address) {
        boolean isServed = c.router().dynamic(lease.address())
                || !c.router().mappings(lease.address()).isEmpty()
                || !c.router().addresses(lease.address()).isEmpty();
        return lease.expires().isAfter(c.situation().now())
                && !isOfGuest(c, lease.mac())
                && !lease.address().equals(address)
                && isServed
                && !c.rows().ours(lease.address())
                && !c.rows().notes(lease.mac());
    }

    private static boolean isOfGuest(NicCase c, MacAddress mac) {
        return c.guest().nics().stream().anyMatch(nic -> nic.mac().equals(mac));
    }

    /** The name of a client is one of its network's domain. */
    private static boolean isInDomain(NicCase c, Lease lease) {
        return c.networks().stream()
                .filter(network -> network.prefix().contains(lease.address()))
                .map(Network::domain)
                .allMatch(c.network().domain()::equalsIgnoreCase);
    }
}
