package net.berth.model.router;

/**
 * Why a service of the router does not do what its config says. Each text is empty while the service does.
 *
 * @param dhcp why no guest gets an address from it
 * @param dns why its resolver answers none of its names
 */
public record Outage(String dhcp, String dns) {
    /** Both services answer. */
    public static final Outage NONE = new Outage("", "");
}
