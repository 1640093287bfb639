package net.berth.lab.edgeos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Recorded calls of the wrapper on the real config system, with what it said. */
final class Recording {
    /** One call and its answer. */
    record Step(List<String> words, Answer answer) {}

    // The recordings show words joined by spaces; these values hold one.
    private static final Map<String, String> SPACED = Map.of("bad name", "bad\u00a0name", "w w", "w\u00a0w");
    private final List<String> lines;

    private Recording(List<String> lines) {
        this.lines = lines;
    }

    static Recording of(String file) {
        try (var in = Recording.class.getResourceAsStream("/edgeos/recorded/" + file)) {
            return new Recording(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The steps between two lines (exclusive); an empty text means the beginning or the end. */
    List<Step> steps(String from, String to) {
        int first = from.isEmpty() ? 0 : lines.indexOf(from) + 1;
        int last = to.isEmpty() ? lines.size() : lines.indexOf(to);
        List<Step> steps = new ArrayList<>();
        List<String> words = List.of();
        StringBuilder out = new StringBuilder();
        for (String line : lines.subList(first, last)) {
            if (line.startsWith("+ ")) {
                words = words(line.substring(2));
                out.setLength(0);
            } else if (line.startsWith("  out| ")) {
                out.append(line.substring(7)).append('\n');
            } else if (line.startsWith("  rc=")) {
                steps.add(new Step(words, new Answer(Integer.parseInt(line.substring(5)), out.toString())));
            }
        }
        return steps;
    }

    /** The lines below a heading, up to the next one. */
    String section(String heading) {
        StringBuilder text = new StringBuilder();
        lines.stream()
                .skip(lines.indexOf(heading) + 1L)
                .takeWhile(line -> !line.startsWith("--- "))
                .forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private static List<String> words(String command) {
        String joined = command;
        for (var spaced : SPACED.entrySet()) {
            joined = joined.replace(spaced.getKey(), spaced.getValue());
        }
        return Arrays.stream(joined.split(" ", -1))
                .map(word -> word.replace('\u00a0', ' '))
                .toList();
    }
}
