package net.berth.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with one settings file while it is read: as much as a person would read, not each of a million. */
final class Mistakes {
    private static final int MOST = 100;

    /** Ends the reading of a file that has more mistakes than are told. */
    static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Set<Mistake> all = new LinkedHashSet<>();
    private int found;
    private boolean more;

    /**
     * Notes one.
     *
     * @throws Enough when it is one too many
     */
    void add(int line, String key, String what, String allowed) {
        if (found == MOST) {
            more = true;
            throw new Enough();
        }
        // The same one told twice counts twice: a file must not keep the reader busy with it.
        found++;
        all.add(new Mistake(line, key, what, allowed));
    }

    boolean none() {
        return all.isEmpty();
    }

    List<String> texts(String file) {
        List<Mistake> told = new ArrayList<>(all);
        told.sort(Mistake.BY_LINE);
        if (more) {
            told.add(new Mistake(told.getLast().line(), "file", "found more mistakes than these", "mend these first"));
        }
        return told.stream().map(mistake -> mistake.text(file)).toList();
    }
}
