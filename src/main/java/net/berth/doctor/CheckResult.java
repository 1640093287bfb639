package net.berth.doctor;

import java.util.List;

/**
 * One result of a check, printed on one line.
 *
 * @param severity how bad it is
 * @param found what was found; never a secret
 * @param advice what to type or do, line by line; empty when there is nothing to do
 */
public record CheckResult(Severity severity, String found, List<String> advice) {

    /** Copies the advice. */
    public CheckResult {
        advice = List.copyOf(advice);
    }

    /** Nothing to do; the advice is optional. */
    public static CheckResult green(String found, String... advice) {
        return new CheckResult(Severity.GREEN, found, List.of(advice));
    }

    /** Needs attention. */
    public static CheckResult yellow(String found, String... advice) {
        return new CheckResult(Severity.YELLOW, found, List.of(advice));
    }

    /** Does not work. */
    public static CheckResult red(String found, String... advice) {
        return new CheckResult(Severity.RED, found, List.of(advice));
    }
}
