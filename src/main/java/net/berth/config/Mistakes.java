package net.berth.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the mistakes in one settings file while it is read, a hundred at most. */
final class Mistakes {
    private static final int MOST = 100;

    /** Ends the reading of a file that has more mistakes than are shown. */
    static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Set<Mistake> all = new LinkedHashSet<>();
    private int found;
    private boolean more;

    /**
     * Records one.
     *
     * @throws Enough when it is one too many
     */
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
        shown.sort(Mistake.BY_LINE);
        if (more) {
            shown.add(new Mistake(
                    shown.getLast().line(), "file", "found more mistakes than these", "correct these first"));
        }
        return shown.stream().map(mistake -> mistake.text(file)).toList();
    }
}
