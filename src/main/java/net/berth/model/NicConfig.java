package net.berth.model;

import java.util.List;

/** What a guest's config says about one NIC's IPv4 address ({@code ipconfigN}, or {@code ip}/{@code gw} of an LXC). */
public sealed interface NicConfig {

    /** A fixed address, and the gateway as written there; empty when there is none. */
    record Static(InterfaceAddress address, String gateway) implements NicConfig {}

    /** DHCP. */
    record Dhcp() implements NicConfig {}

    /** Nothing is said about an address. */
    record None() implements NicConfig {}

    /** Something that is none of the others, such as {@code ip=manual}. */
    record Other(String text) implements NicConfig {}

    /**
     * Whatever is said there has no effect: something else sets the guest's network up.
     *
     * @param why what does
     * @param addresses the fixed addresses in it: the guest may have them from a time when they took effect
     */
    record Ignored(String why, List<IpAddress> addresses) implements NicConfig {

        /** Without an address. */
        public Ignored(String why) {
            this(why, List.of());
        }
    }
}
