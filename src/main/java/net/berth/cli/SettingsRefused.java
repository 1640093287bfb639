package net.berth.cli;

import java.util.List;

/** The settings file has mistakes; each line names one and is printed as it stands. */
public final class SettingsRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> lines;

    /** With one line a mistake, {@code FILE:LINE: key: what was found; what is allowed}. */
    public SettingsRefused(List<String> lines, Throwable cause) {
        super(String.join("\n", lines), cause);
        this.lines = List.copyOf(lines);
    }

    /** The lines. */
    List<String> lines() {
        return lines;
    }
}
