package net.berth.config;

import java.util.Locale;

/** Shows a piece of the settings file in a message: short, on one line, and never a secret written in the wrong place. */
final class Quote {
    private static final int LONGEST = 80;

    private Quote() {}

    static String of(String text) {
        return looksSecret(text) ? "what looks like a secret" : "\"" + shown(text) + "\"";
    }

    static String bare(String text) {
        if (text.isEmpty()) {
            return "(empty)";
        }
        return looksSecret(text) ? "(hidden)" : shown(text);
    }

    private static String shown(String text) {
        var plain = text.codePoints()
                .limit(LONGEST + 1L)
                .map(c -> isVisible(c) ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "..." : plain.toString();
    }

    /** Neither a control character nor one that breaks or turns the line. */
    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** A hook secret, a Proxmox token, a key file's text, or a URL with a password in it. */
    private static boolean looksSecret(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("whsec_")
                || lower.contains("private key")
                || lower.matches("(?s).*[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}.*")
                || lower.matches("(?s).*://[^/]*:[^/]*@.*");
    }
}
