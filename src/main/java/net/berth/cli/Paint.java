package net.berth.cli;

/** Colours the words that say how something stands. */
final class Paint {
    private final boolean on;

    Paint(boolean on) {
        this.on = on;
    }

    String word(String word) {
        return switch (word.strip()) {
            case "ok", "settled" -> paint("32", word);
            case "missing", "differs", "held", "pending", "unknown" -> paint("33", word);
            case "conflict", "failing", "foreign" -> paint("31", word);
            case "n/a", "unmanaged" -> paint("2", word);
            default -> word;
        };
    }

    String heading(String text) {
        return paint("1", text);
    }

    private String paint(String code, String text) {
        return on ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
