package net.berth.cli;

/** Colours the words that say how something stands. */
final class Paint {
    private final boolean on;

    Paint(boolean on) {
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

    /** The type of an event: good news, bad news, or just news. */
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
