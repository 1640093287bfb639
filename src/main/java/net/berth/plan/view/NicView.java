package net.berth.plan.view;

import java.time.Instant;
import java.util.List;
import net.berth.model.IpAddress;
import net.berth.model.Nic;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;

/**
 * What the systems hold for one NIC, before anything is changed.
 *
 * @param name {@code net0}
 * @param mac its MAC
 * @param network the network's name; empty when none is configured for its bridge and VLAN
 * @param address the bound address with prefix length; empty when there is none yet
 * @param gateway the network's gateway; empty without network
 * @param fqdn the DNS name it holds; empty when it holds none
 * @param ipam NIPAP
 * @param dhcp the router's mapping
 * @param dns the router's name
 * @param guest the guest's own config
 * @param note why something is held back; empty when nothing is
 * @param live the addresses that it really has, where the guest says so; empty while nobody knows
 * @param origin how the address was chosen when it was claimed, in words; empty when its row does not say
 * @param claimed when it was claimed, ISO 8601 in UTC; empty when its row does not say
 */
public record NicView(
        String name,
        String mac,
        String network,
        String address,
        String gateway,
        String fqdn,
        EntryState ipam,
        EntryState dhcp,
        EntryState dns,
        EntryState guest,
        String note,
        List<IpAddress> live,
        String origin,
        String claimed) {

    /** Copies the list. */
    public NicView {
        live = List.copyOf(live);
    }

    /** Without what the guest says itself. */
    public NicView(
            String name,
            String mac,
            String network,
            String address,
            String gateway,
            String fqdn,
            EntryState ipam,
            EntryState dhcp,
            EntryState dns,
            EntryState guest,
            String note) {
        this(name, mac, network, address, gateway, fqdn, ipam, dhcp, dns, guest, note, List.of(), "", "");
    }

    /** The same with what its row says of how and when the address was claimed. */
    public NicView claimedBy(AddressRow row) {
        return new NicView(
                name,
                mac,
                network,
                address,
                gateway,
                fqdn,
                ipam,
                dhcp,
                dns,
                guest,
                note,
                live,
                row.avp(RowAttributes.ORIGIN),
                row.claimed().map(Instant::toString).orElse(""));
    }

    /** A NIC that is on no configured network, or whose guest is not managed. */
    public static NicView unmanaged(Nic nic) {
        return unmanaged(nic, "");
    }

    public static NicView unmanaged(Nic nic, String note) {
        EntryState none = EntryState.NOT_APPLICABLE;
        return new NicView(nic.id().name(), nic.mac().text(), "", "", "", "", none, none, none, none, note);
    }
}
