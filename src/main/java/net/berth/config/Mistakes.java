package net.berth.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with one settings file while it is read. */
final class Mistakes {
    private final Set<Mistake> all = new LinkedHashSet<>();

    void add(int line, String key, String found, String allowed) {
        all.add(new Mistake(line, key, found, allowed));
    }

    boolean none() {
        return all.isEmpty();
    }

    List<String> texts(String file) {
        return all.stream()
                .sorted(Mistake.BY_LINE)
                .map(mistake -> mistake.text(file))
                .toList();
    }
}
