package net.berth.security;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;

/**
 * A password, token or key. It never prints itself: text, JSON and messages show {@value #SHOWN}; the value is had only
 * by {@link #reveal()} and {@link #revealBytes()}, which are easy to find in a review. It is not serializable.
 */
public final class Secret {
    private static final String SHOWN = "(secret)";

    private final byte[] value;

    private Secret(byte[] value) {
        this.value = value.clone();
    }

    public static Secret of(String value) {
        return new Secret(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A secret that is bytes. */
    public static Secret of(byte[] value) {
        return new Secret(value);
    }

    /** The secret itself, as text. */
    public String reveal() {
        return new String(value, StandardCharsets.UTF_8);
    }

    /** The secret itself, as bytes that are the caller's own. */
    public byte[] revealBytes() {
        return value.clone();
    }

    @Override
    @JsonValue
    public String toString() {
        return SHOWN;
    }
}
