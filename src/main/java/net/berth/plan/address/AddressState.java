package net.berth.plan.address;

import java.util.Locale;

/** What becomes of one address of a network. */
public enum AddressState {
    /** Bound to a guest that runs. */
    RUNNING,
    /** Bound to a guest that is stopped. */
    STOPPED,
    /** Its guest was destroyed; it rests. */
    QUARANTINED,
    /** Something that is not Berth's uses it: a row in NIPAP, an entry of the router's, a live lease. */
    FOREIGN,
    /** The router gives it out by itself. */
    DYNAMIC,
    /** Never given out: excluded in the settings, the gateway, a nameserver, the network's first and last. */
    EXCLUDED,
    /** To be had. */
    FREE;

    /** The word of the API. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
