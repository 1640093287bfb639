package net.berth.model.router;

import java.util.List;
import net.berth.model.AddressRange;
import net.berth.model.Prefix;

/**
 * A subnet that the router serves with DHCP.
 *
 * @param mappingDomain the domain in which the router itself gives each mapping's name an A and a PTR record; empty when
 *     a mapping makes no name (ISC mode, or no domain)
 * @param off the line of the config that switches the subnet, or more than it, off; empty when the router serves it
 */
public record DhcpSubnet(
        String sharedNetwork, Prefix prefix, String mappingDomain, List<AddressRange> ranges, String off) {

    /** A subnet that the router serves. */
    public DhcpSubnet(String sharedNetwork, Prefix prefix, String mappingDomain, List<AddressRange> ranges) {
        this(sharedNetwork, prefix, mappingDomain, ranges, "");
    }
}
