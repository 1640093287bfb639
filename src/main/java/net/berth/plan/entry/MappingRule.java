package net.berth.plan.entry;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.berth.model.IpAddress;
import net.berth.model.router.ConfigHost;
import net.berth.model.router.DhcpSubnet;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;
import net.berth.plan.ConflictCode;
import net.berth.plan.NicCase;
import net.berth.plan.address.Binding;
import net.berth.plan.view.EntryState;

/** Plans the DHCP static mapping of a NIC. */
public record MappingRule(NicCase c, DhcpSubnet subnet, IpAddress address, String name, Binding binding) {

    /** Adds what is needed to the case and answers how the router compares with it now. */
    public EntryState plan() {
        EntryState state = mapping();
        if (subnet.off().isEmpty()) {
            return state;
        }
        c.conflict(
                ConflictCode.ROUTER_NETWORK_MISSING,
                "the router gives no addresses in network " + c.network().name()
                        + ", because somebody switched that off: " + subnet.off(),
                "delete that line on the router if its DHCP server is to serve the network; else take dhcp: of this network"
                        + " out of berth.yaml");
        return state == EntryState.OK ? EntryState.HELD : state;
    }

    private EntryState mapping() {
        Mapping wanted = Mapping.of(subnet, name, address, c.nic().mac());
        List<Mapping> related = Stream.of(
                        c.router().mappings(address),
                        c.router().mappings(c.nic().mac()),
                        c.router().mappingsNamed(name),
                        own())
                .flatMap(List::stream)
                .distinct()
                .toList();
        Optional<Mapping> off = related.stream().filter(Mapping::disabled).findFirst();
        if (off.isPresent()) {
            return foreign(
                    "the router has " + off.get()
                            + ", which somebody switched off; it stays off and is in the way of the" + " mapping of "
                            + c.title() + " to " + address,
                    "on the router: delete service dhcp-server shared-network-name "
                            + off.get().sharedNetwork() + " subnet " + off.get().subnet() + " static-mapping "
                            + off.get().name() + " disable (or the whole mapping if it is stale)");
        }
        Optional<Mapping> foreign = related.stream()
                .filter(found -> !found.maps(address)
                        && !Ownership.owns(binding, found)
                        && !c.rows().ours(found))
                .findFirst();
        if (foreign.isPresent()) {
            return foreign(
                    "the router has " + foreign.get() + ", which is not Berth's and is in the way of " + wanted
                            + " for " + c.title(),
                    "delete that mapping on the router, or let NIPAP hold its address for this guest");
        }
        Optional<ConfigHost> line = Stream.concat(
                        c.router().binding(c.nic().mac()), c.router().binding(address))
                .findFirst();
        if (line.isPresent()) {
            return foreign(
                    "the router's config has the line: " + line.get().line()
                            + "; that is not Berth's and is in the way of " + wanted + " for " + c.title(),
                    "delete that line on the router, and Berth makes the mapping");
        }
        Optional<AddressRow> sameMac = holderOfMac(related);
        if (sameMac.isPresent()) {
            c.conflict(
                    ConflictCode.MAC_TAKEN,
                    c.title() + " has the MAC " + c.nic().mac() + " of "
                            + sameMac.get().nic().orElseThrow() + " ("
                            + sameMac.get().address()
                            + "), which had it first; the router can give that MAC one address only",
                    "give one of the two another MAC: " + macCommand());
            return EntryState.MISSING;
        }
        if (related.size() == 1 && same(related.getFirst(), wanted)) {
            return EntryState.OK;
        }
        c.onRouter(new RouterChange.PutMapping(wanted, related), reason(related));
        return related.stream()
                        .anyMatch(found ->
                                found.maps(address) || found.maps(c.nic().mac()))
                ? EntryState.DIFFERS
                : EntryState.MISSING;
    }

    private EntryState foreign(String message, String fix) {
        c.conflict(ConflictCode.FOREIGN_ENTRY, message, fix);
        return EntryState.FOREIGN;
    }

    /** What was written for the row as it is now: its MAC or name may be about to change. */
    private List<Mapping> own() {
        return binding.existing()
                .filter(row -> !row.quarantined())
                .map(row -> Ownership.mappings(row, c.router()))
                .orElse(List.of());
    }

    /** The row of another NIC whose mapping rightly has this MAC, as after a restore beside the original. */
    private Optional<AddressRow> holderOfMac(List<Mapping> related) {
        return related.stream()
                .filter(found -> found.maps(c.nic().mac()) && !found.maps(address))
                .flatMap(found -> Stream.concat(
                        found.address().flatMap(c.rows()::at).stream(),
                        Ownership.owns(binding, found) ? Stream.empty() : c.rows().owner(found).stream()))
                .filter(row ->
                        row.ours() && !row.quarantined() && !row.binds(c.nic().id()))
                .filter(row -> row.avp(RowAttributes.MAC).equals(c.nic().mac().text()))
                .findFirst();
    }

    private String macCommand() {
        String vmid = Integer.toString(c.guest().id().vmid());
        return switch (c.guest().id().type()) {
            case QEMU ->
                "qm set " + vmid + " --" + c.nic().id().name() + " MODEL,bridge="
                        + c.nic().bridge() + " (without a MAC, Proxmox makes a new one)";
            case LXC -> "pct set " + vmid + " --" + c.nic().id().name() + " with its present values but hwaddr";
        };
    }

    static boolean same(Mapping found, Mapping wanted) {
        return found.maps(wanted.address().orElseThrow())
                && found.maps(wanted.mac().orElseThrow())
                && found.name().equals(wanted.name())
                && found.sharedNetwork().equals(wanted.sharedNetwork())
                && found.subnet().equals(wanted.subnet())
                && !found.disabled();
    }

    private String reason(List<Mapping> related) {
        String truth = "NIPAP binds " + address + " to " + c.title();
        return related.isEmpty()
                ? truth + " and the router has no mapping for it"
                : truth + " and the router has " + related.getFirst();
    }
}
