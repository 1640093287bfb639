package net.berth.edgemax.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A line of {@code showConfig --show-commands}: {@code set} and words, bare or in quotes, never with a quote inside.
 */
public record ConfigLine(String text, List<String> words) {
    /** Reads a line; empty when it is no such line, or only half of one. */
    public static Optional<ConfigLine> parse(String line) {
        return parse(line, UnaryOperator.identity());
    }

    /** Like {@link #parse(String)}; {@code shared} answers one string for equal words, of which a config has many. */
    static Optional<ConfigLine> parse(String line, UnaryOperator<String> shared) {
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
            words.add(shared.apply(word));
            at = quoted ? to + 1 : to;
            if (at < line.length() && line.charAt(at) != ' ') {
                return Optional.empty();
            }
            at++;
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(new ConfigLine(line, List.copyOf(words)));
    }

    /** Whether it begins with these words. */
    public boolean under(List<String> start) {
        return words.size() >= start.size() && words.subList(0, start.size()).equals(start);
    }
}
