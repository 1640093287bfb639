package net.berth.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is measured, and how slow the systems are meanwhile.
 *
 * @param proxmox what each call to Proxmox takes longer in the rows with latency
 * @param nipap likewise for NIPAP
 * @param commits how long the router's commits take, one storm for each
 * @param only the names of the groups of rows; empty for all
 * @param full with the rows that take minutes
 * @param load how long 250 starts at once go on
 */
record Args(Duration proxmox, Duration nipap, List<Duration> commits, List<String> only, boolean full, Duration load) {
    static final List<String> GROUPS = List.of(
            "start", "cli", "hook", "settled", "first", "storm", "pass", "memory", "idle", "firstpass", "load", "page");
    static final String USAGE = """
            usage: -Dbench.args="[--only NAME,NAME] [--full] [--proxmox MS] [--nipap MS] [--commit MS] [--load SECONDS]"
            names: %s""".formatted(String.join(" ", GROUPS));

    /** Copies the lists. */
    Args {
        commits = List.copyOf(commits);
        only = List.copyOf(only);
    }

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    static Args of(String[] words) {
        Duration proxmox = Duration.ofMillis(20);
        Duration nipap = Duration.ofMillis(20);
        List<Duration> commits = List.of(Duration.ofSeconds(1), Duration.ofSeconds(3));
        List<String> only = new ArrayList<>();
        boolean full = false;
        Duration load = Duration.ZERO;
        for (int i = 0; i < words.length; i++) {
            switch (words[i]) {
                case "" -> {}
                case "--full" -> full = true;
                case "--proxmox" -> proxmox = Duration.ofMillis(number(words, ++i));
                case "--nipap" -> nipap = Duration.ofMillis(number(words, ++i));
                case "--commit" -> commits = List.of(Duration.ofMillis(number(words, ++i)));
                case "--load" -> load = Duration.ofSeconds(number(words, ++i));
                case "--only" -> only.addAll(List.of(value(words, ++i).split(",", -1)));
                default -> throw new IllegalArgumentException("unknown: " + words[i]);
            }
        }
        for (String name : only) {
            if (!GROUPS.contains(name)) {
                throw new IllegalArgumentException("unknown: " + name);
            }
        }
        Duration usual = full ? Duration.ofMinutes(10) : Duration.ofSeconds(20);
        return new Args(proxmox, nipap, commits, only, full, load.isZero() ? usual : load);
    }

    private static int number(String[] words, int i) {
        return Integer.parseInt(value(words, i));
    }

    private static String value(String[] words, int i) {
        if (i == words.length) {
            throw new IllegalArgumentException(words[i - 1] + " needs a value");
        }
        return words[i];
    }

    /** Whether a group of rows is measured. */
    boolean wants(String group) {
        return only.isEmpty() || only.contains(group);
    }

    /** Whether one of them is. */
    boolean wantsAny(String... groups) {
        return List.of(groups).stream().anyMatch(this::wants);
    }
}
