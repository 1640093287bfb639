package net.berth.model;

import java.util.Locale;

/** What Proxmox says a guest does. A fresh clone and a guest on a dead node are {@link #UNKNOWN}. */
public enum GuestStatus {
    RUNNING,
    STOPPED,
    UNKNOWN;

    /** The status with this word; any other word is {@link #UNKNOWN}. */
    public static GuestStatus of(String word) {
        return switch (word) {
            case "running" -> RUNNING;
            case "stopped" -> STOPPED;
            default -> UNKNOWN;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
