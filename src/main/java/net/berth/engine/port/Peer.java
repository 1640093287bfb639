package net.berth.engine.port;

import java.util.Locale;

/** The outside systems. */
public enum Peer {
    PROXMOX("Proxmox"),
    NIPAP("NIPAP"),
    ROUTER("the router");

    private final String title;

    Peer(String title) {
        this.title = title;
    }

    /** Its word in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How messages call it. */
    public String title() {
        return title;
    }
}
