package net.berth.plan.view;

import java.time.Instant;
import java.util.List;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Nic;
import net.berth.model.ShownText;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;

/**
 * What the systems hold for one NIC, before anything is changed.
 *
 * @param binding its address and what belongs to it
 * @param states how each system compares with NIPAP
 * @param remarks what is said beside that
 */
public record NicView(String name, String mac, Bound binding, States states, Remarks remarks) {

    /**
     * The address of a NIC. Each text is empty where there is nothing.
     *
     * @param network the network's name; empty when none is configured for the NIC's bridge and VLAN
     * @param address the bound address with prefix length
     * @param gateway the network's gateway; empty where it has none
     * @param fqdn the DNS name that the NIC has
     * @param origin how the address was chosen when it was claimed, in words
     * @param claimed when it was claimed, ISO 8601 in UTC
     */
    public record Bound(String network, String address, String gateway, String fqdn, String origin, String claimed) {
        /** Bounds the text that a row has. */
        public Bound {
            origin = ShownText.MESSAGE.cut(origin);
        }

        static final Bound NONE = new Bound("", "", "", "", "", "");

        /** On a network; the row does not say how and when the address was claimed. */
        public static Bound on(Network network, String address, String fqdn) {
            return new Bound(network.name(), address, network.gatewayText(), fqdn, "", "");
        }
    }

    /** How each system compares with NIPAP. */
    public record States(EntryState ipam, EntryState dhcp, EntryState dns, EntryState guest) {
        static final States NONE = new States(
                EntryState.NOT_APPLICABLE,
                EntryState.NOT_APPLICABLE,
                EntryState.NOT_APPLICABLE,
                EntryState.NOT_APPLICABLE);

        /** With nothing known of what applies. */
        public States unknown(boolean ipamToo, boolean routerToo) {
            return new States(
                    ipamToo ? unknown(ipam) : ipam,
                    routerToo ? unknown(dhcp) : dhcp,
                    routerToo ? unknown(dns) : dns,
                    guest);
        }

        private static EntryState unknown(EntryState mark) {
            return mark == EntryState.NOT_APPLICABLE ? mark : EntryState.UNKNOWN;
        }

        States withGuest(EntryState other) {
            return new States(ipam, dhcp, dns, other);
        }
    }

    /**
     * What is said of a NIC beside the states.
     *
     * @param note why something is held back; empty when nothing is
     * @param live the addresses that it really has, where the guest says so; else empty
     */
    public record Remarks(String note, List<IpAddress> live) {
        /** Nothing to say. */
        public static final Remarks NONE = new Remarks("", List.of());

        /** Copies the list, and bounds the text. */
        public Remarks {
            note = ShownText.MESSAGE.cut(note);
            live = List.copyOf(live);
        }
    }

    /** A NIC that is on no configured network, or whose guest is not managed. */
    public static NicView unmanaged(Nic nic) {
        return unmanaged(nic, "");
    }

    public static NicView unmanaged(Nic nic, String note) {
        return new NicView(nic.id().name(), nic.mac().text(), Bound.NONE, States.NONE, new Remarks(note, List.of()));
    }

    /** This view with what the NIC's row says of how and when the address was claimed. */
    public NicView claimedBy(AddressRow row) {
        String claimed = row.claimed().map(Instant::toString).orElse("");
        return new NicView(
                name,
                mac,
                new Bound(
                        binding.network,
                        binding.address,
                        binding.gateway,
                        binding.fqdn,
                        row.avp(RowAttributes.ORIGIN),
                        claimed),
                states,
                remarks);
    }

    /** This view with other states. */
    public NicView with(States others) {
        return new NicView(name, mac, binding, others, remarks);
    }

    /** This view with the addresses that the NIC really has, and what that means for its own state. */
    public NicView withLive(List<IpAddress> live, EntryState guest) {
        return new NicView(name, mac, binding, states.withGuest(guest), new Remarks(remarks.note, live));
    }

    /** The bound address with prefix length; empty when there is none. */
    public String address() {
        return binding.address;
    }
}
