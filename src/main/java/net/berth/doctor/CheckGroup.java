package net.berth.doctor;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The checks of one system. They read only.
 *
 * @param system its word, such as {@code proxmox}
 * @param checks in the order of the output; if the first one is red, the others are not run
 */
record CheckGroup(String system, List<Check> checks) {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    CheckGroup {
        checks = List.copyOf(checks);
    }

    /**
     * One check.
     *
     * @param name in one or two words, such as {@code clock}
     * @param deadline how long it may take
     * @param run returns one result at least; a {@link net.berth.engine.port.PeerException} counts as a red one
     */
    record Check(String name, Duration deadline, Supplier<List<CheckResult>> run) {}

    /** A group without checks. */
    static CheckGroup of(String system) {
        return new CheckGroup(system, List.of());
    }

    /** With one more check, with the usual deadline of 30 s. */
    CheckGroup check(String name, Supplier<List<CheckResult>> run) {
        return check(name, DEADLINE, run);
    }

    /** With one more check. */
    CheckGroup check(String name, Duration deadline, Supplier<List<CheckResult>> run) {
        return new CheckGroup(
                system,
                Stream.concat(checks.stream(), Stream.of(new Check(name, deadline, run)))
                        .toList());
    }
}
