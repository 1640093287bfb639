package net.berth.model.router;

import java.util.List;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;

/**
 * A machine that a line of the router's config names, outside of static mappings and host mappings: an option of dnsmasq, a
 * static ARP entry, the router's own name.
 *
 * @param names the DNS names that the line answers, in lower case
 * @param labels host names that the router completes with the domain of a network, in lower case
 * @param macs its MACs, if the line says what they get by DHCP
 */
public record ConfigHost(
        List<String> names, List<String> labels, List<MacAddress> macs, List<IpAddress> addresses, String line) {
    /** Copies the lists. */
    public ConfigHost {
        names = List.copyOf(names);
        labels = List.copyOf(labels);
        macs = List.copyOf(macs);
        addresses = List.copyOf(addresses);
    }

    /** Whether the line says what a MAC gets by DHCP: an address, a name, or nothing at all. */
    public boolean binds() {
        return !macs.isEmpty();
    }
}
