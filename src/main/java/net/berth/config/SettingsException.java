package net.berth.config;

import java.util.List;

/** The settings file cannot be used. The message has one line per mistake, sorted by line; it holds no secret. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The lines of the message. */
    SettingsException(List<String> lines) {
        super(String.join("\n", lines));
    }

    /** Every mistake as {@code FILE:LINE: key: what was found; what is allowed}. */
    public List<String> lines() {
        return String.valueOf(getMessage()).lines().toList();
    }
}
