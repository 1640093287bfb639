package net.berth.setup;

import net.berth.model.IpAddress;
import net.berth.model.Prefix;

/**
 * A network for the settings.
 *
 * @param bridge the bridge of its guests; empty when unknown
 * @param vlan their VLAN; 0 for untagged
 * @param prefix its prefix
 * @param gateway its gateway
 * @param domain its domain
 * @param dhcp the router's shared network; empty when the router serves none
 * @param inIpam whether the prefix is an assignment in NIPAP
 * @param why how bridge and VLAN were found
 */
record ProposedNetwork(
        String bridge,
        int vlan,
        Prefix prefix,
        IpAddress gateway,
        String domain,
        String dhcp,
        boolean inIpam,
        String why) {

    /** A name for the settings: that of the router's shared network if there is one. */
    String name() {
        return dhcp.isEmpty()
                ? "net-" + prefix.network().toString().replace('.', '-')
                : dhcp.toLowerCase(java.util.Locale.ROOT);
    }

    ProposedNetwork on(String otherBridge, int otherVlan, String reason) {
        return new ProposedNetwork(otherBridge, otherVlan, prefix, gateway, domain, dhcp, inIpam, reason);
    }
}
