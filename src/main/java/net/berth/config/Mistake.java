package net.berth.config;

import java.util.Comparator;

/**
 * One thing that is wrong in the settings file.
 *
 * @param line where, from 1
 * @param key the key with its sections, such as {@code server.listen}
 * @param found what was found
 * @param allowed what is allowed there
 */
record Mistake(int line, String key, String found, String allowed) {
    static final Comparator<Mistake> BY_LINE =
            Comparator.comparingInt(Mistake::line).thenComparing(Mistake::key);

    String text(String file) {
        return file + ":" + line + ": " + key + ": " + found + "; " + allowed;
    }
}
