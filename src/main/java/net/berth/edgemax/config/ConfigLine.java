package net.berth.edgemax.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of {@code cli-shell-api --show-commands showConfig}: {@code set} and the words behind it. Words are bare or in
 * single quotes; a single quote never occurs inside one.
 *
 * @param text the line as the router printed it
 * @param words the words behind {@code set}, without quotes
 */
public record ConfigLine(String text, List<String> words) {
    private static final Pattern BARE = Pattern.compile("[-_a-zA-Z0-9./,=@%+]+");

    /** Copies the words. */
    public ConfigLine {
        words = List.copyOf(words);
    }

    /** Reads a line; empty when it is no such line, or only half of one. */
    public static Optional<ConfigLine> parse(String line) {
        if (!line.startsWith("set ")) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        int at = 4;
        while (at < line.length()) {
            boolean quoted = line.charAt(at) == '\'';
            int end = line.indexOf(quoted ? '\'' : ' ', at + 1);
            if (quoted && end < 0) {
                return Optional.empty();
            }
            int from = quoted ? at + 1 : at;
            int to = end < 0 ? line.length() : end;
            String word = line.substring(from, to);
            if (word.indexOf('\'') >= 0) {
                return Optional.empty();
            }
            words.add(word);
            at = quoted ? to + 1 : to;
            if (at < line.length() && line.charAt(at) != ' ') {
                return Optional.empty();
            }
            at++;
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(new ConfigLine(line, words));
    }

    /** The line that the router prints for these words. */
    public static ConfigLine of(List<String> words) {
        StringBuilder text = new StringBuilder("set");
        for (String word : words) {
            text.append(' ').append(BARE.matcher(word).matches() ? word : "'" + word + "'");
        }
        return new ConfigLine(text.toString(), words);
    }

    /** Whether it begins with these words; the rest is then {@code words.subList(start.size(), ...)}. */
    public boolean under(List<String> start) {
        return words.size() >= start.size() && words.subList(0, start.size()).equals(start);
    }
}
