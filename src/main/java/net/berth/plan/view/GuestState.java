package net.berth.plan.view;

import java.util.Locale;

/** The state of a guest as a whole. */
public enum GuestState {
    SETTLED,
    PENDING,
    CONFLICT,
    UNMANAGED,
    FAILING;

    /** The word of the API. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
