package net.berth.model.router;

import net.berth.model.IpAddress;

/** An IPv4 address in the router's config, but for mappings and DNS names; with the words of its line up to it. */
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
