package net.berth.doctor;

import java.util.Locale;

/** How bad a result is. */
public enum Severity {
    /** Nothing to do. */
    GREEN,
    /** Works, but needs attention. */
    YELLOW,
    /** Does not work. */
    RED;

    /** Its word in output. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
