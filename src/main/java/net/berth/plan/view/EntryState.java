package net.berth.plan.view;

import java.util.Locale;

/** How what one system holds compares with a NIC's binding. */
public enum EntryState {
    OK,
    MISSING,
    DIFFERS,
    /** It differs, and Berth holds the change back on purpose. */
    HELD,
    /** An entry that is not Berth's is in the way. */
    FOREIGN,
    UNKNOWN,
    NOT_APPLICABLE;

    /** The word of the API. */
    @Override
    public String toString() {
        return this == NOT_APPLICABLE ? "n/a" : name().toLowerCase(Locale.ROOT);
    }
}
