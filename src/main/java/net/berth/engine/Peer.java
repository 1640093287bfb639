package net.berth.engine;

/** The outside systems. */
public enum Peer {
    PROXMOX("Proxmox"),
    NIPAP("NIPAP"),
    ROUTER("the router");

    private final String title;

    Peer(String title) {
        this.title = title;
    }

    /** How messages call it. */
    public String title() {
        return title;
    }
}
