package net.berth.plan.address;

import java.util.Locale;

/** What becomes of one address of a network. */
public enum AddressState {
    /** Bound to a guest that runs. */
    RUNNING,
    /** Bound to a guest that is stopped. */
    STOPPED,
    /** Its guest was destroyed or released; no other guest gets it before {@code release-after}. */
    QUARANTINED,
    /** Something that is not Berth's uses it: a row in NIPAP, an entry of the router's, a live lease, a machine that answers. */
    FOREIGN,
    /** The router gives it out by itself. */
    DYNAMIC,
    /** Never given out: excluded in the settings, the gateway, a nameserver, the network's first and last. */
    EXCLUDED,
    /** Free to be given to a guest. */
    FREE;

    /** The word of the API. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
