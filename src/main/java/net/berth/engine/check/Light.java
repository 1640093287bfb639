package net.berth.engine.check;

import java.util.Locale;

/** How something stands. */
public enum Light {
    /** As it should be. */
    GREEN,
    /** Works, but a person should look. */
    YELLOW,
    /** Does not work. */
    RED;

    /** Its word in output. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
