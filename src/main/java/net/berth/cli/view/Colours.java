package net.berth.cli.view;

/** Colours the words for states. */
public final class Colours {
    private final boolean on;

    /** @param on whether to colour at all */
    public Colours(boolean on) {
        this.on = on;
    }

    String word(String word) {
        return switch (word.strip()) {
            case "ok", "settled", "green" -> paint("32", word);
            case "missing", "differs", "held", "pending", "unknown", "yellow" -> paint("33", word);
            case "conflict", "failing", "foreign", "red" -> paint("31", word);
            case "n/a", "unmanaged" -> paint("2", word);
            default -> word;
        };
    }

    /** The type of an event: good, bad, or neutral. */
    String event(String type) {
        return switch (type.strip()) {
            case "guest.settled", "system.up" -> paint("32", type);
            case "guest.conflict", "system.down" -> paint("31", type);
            default -> paint("36", type);
        };
    }

    String heading(String text) {
        return paint("1", text);
    }

    private String paint(String code, String text) {
        return on ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
