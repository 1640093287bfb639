package net.berth.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects the mistakes in one settings file while it is read, a hundred at most. */
final class Mistakes {
    private static final int MOST = 100;
    /** More changed letters than this are another word. */
    private static final int FARTHEST = 2;

    /** Ends the reading of a file that has more mistakes than are shown. */
    static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** One thing that is wrong: where, from line 1 and by its key with its sections; what was found; what is allowed there. */
    private record Mistake(int line, String key, String found, String allowed) {
        String text(String file) {
            return file + ":" + line + ": " + key + ": " + found + "; " + allowed;
        }
    }

    private final Set<Mistake> all = new LinkedHashSet<>();
    private int found;
    private boolean more;

    /** Throws {@link Enough} when it is one too many. The key has its sections, as in {@code server.listen}. */
    void add(int line, String key, String what, String allowed) {
        if (found == MOST) {
            more = true;
            throw new Enough();
        }
        // A duplicate counts, too: a file must not keep the reader busy with it.
        found++;
        all.add(new Mistake(line, key, what, allowed));
    }

    boolean none() {
        return all.isEmpty();
    }

    List<String> texts(String file) {
        List<Mistake> shown = new ArrayList<>(all);
        shown.sort(Comparator.comparingInt(Mistake::line).thenComparing(Mistake::key));
        if (more) {
            shown.add(new Mistake(
                    shown.getLast().line(), "file", "found more mistakes than these", "correct these first"));
        }
        return shown.stream().map(mistake -> mistake.text(file)).toList();
    }

    /** The known word that a misspelt one was probably meant to be. */
    static Optional<String> closest(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= Math.min(FARTHEST, candidate.length() / 2))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** Levenshtein's distance; a key is short, the other end may be anything and is cut. */
    private static int distance(String left, String right) {
        if (Math.abs(left.length() - right.length()) > FARTHEST) {
            return FARTHEST + 1;
        }
        var row = new int[right.length() + 1];
        for (var j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= left.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.length(); j++) {
                var same = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                var next = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + same);
                diagonal = row[j];
                row[j] = next;
            }
        }
        return row[right.length()];
    }
}
