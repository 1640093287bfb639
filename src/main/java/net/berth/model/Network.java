package net.berth.model;

import java.util.List;
import java.util.Optional;

/**
 * One configured network: a bridge and VLAN with its prefix.
 *
 * @param vlan the VLAN tag of its NICs; 0 for untagged
 * @param prefix its prefix, an assignment in NIPAP
 * @param gatewayText the guests' gateway, inside the prefix; empty for a network without a way out
 * @param nameservers resolvers for guests that are given a fixed address
 * @param dhcp the router's shared-network-name; empty when nothing is written to the router
 * @param exclude addresses that are never given out
 * @param pool NIPAP's pool that its new guests' addresses are taken from, the lowest free one first; empty for the whole prefix
 */
public record Network(
        String name,
        String bridge,
        int vlan,
        Prefix prefix,
        String gatewayText,
        String domain,
        List<IpAddress> nameservers,
        String dhcp,
        List<AddressRange> exclude,
        String pool) {

    /** A network with a gateway whose addresses are taken from the whole prefix. */
    public Network(
            String name,
            String bridge,
            int vlan,
            Prefix prefix,
            IpAddress gateway,
            String domain,
            List<IpAddress> nameservers,
            String dhcp,
            List<AddressRange> exclude) {
        this(name, bridge, vlan, prefix, gateway.toString(), domain, nameservers, dhcp, exclude, "");
    }

    /** The guests' gateway; empty for a network without a way out. */
    public Optional<IpAddress> gateway() {
        return gatewayText.isEmpty() ? Optional.empty() : Optional.of(IpAddress.parse(gatewayText));
    }

    /** Whether the address is the gateway's. */
    public boolean isGateway(IpAddress address) {
        return gateway().filter(address::equals).isPresent();
    }

    /** Whether the router has a part in it. */
    public boolean onRouter() {
        return !dhcp.isEmpty();
    }

    /** An address as an interface of this network holds it. */
    public InterfaceAddress onInterface(IpAddress address) {
        return new InterfaceAddress(address, prefix.length());
    }

    /** The network that a NIC is on; empty when none is configured for its bridge and VLAN. */
    public static Optional<Network> of(Nic nic, List<Network> networks) {
        return networks.stream()
                .filter(network -> network.bridge.equals(nic.bridge()) && network.vlan == nic.vlan())
                .findFirst();
    }
}
