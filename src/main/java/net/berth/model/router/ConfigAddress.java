package net.berth.model.router;

import net.berth.model.IpAddress;

/**
 * An IPv4 address that stands in the router's config, outside of static mappings and DNS names, which have lists of their own.
 *
 * @param line where it stands: the words of the config line up to it
 */
public record ConfigAddress(IpAddress address, String line, Use use) {
    /** What a line says of an address. */
    public enum Use {
        /** The router itself has it on an interface, or takes it over from another router. */
        ROUTER,
        /** A machine has it: whatever is neither of the others. */
        MACHINE,
        /** A rule for the traffic of whatever machine has it, such as a port forward. */
        RULE
    }
}
