package net.berth.model.router;

/** Why no guest gets an address from the router, and why it resolves none of its names; empty while it does. */
public record Outage(String dhcp, String dns) {
    /** Both services answer. */
    public static final Outage NONE = new Outage("", "");
}
