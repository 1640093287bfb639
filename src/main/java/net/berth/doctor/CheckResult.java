package net.berth.doctor;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** One result of a check: what was found, never a secret, and what to type or do, line by line. */
public record CheckResult(@JsonProperty("light") Severity severity, String found, List<String> advice) {
    /** The receiver refuses hook messages whose timestamp differs by more. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Duration NOTABLE = Duration.ofSeconds(30);

    /** How bad a result is. */
    public enum Severity {
        /** Nothing to do. */
        GREEN,
        /** Works, but needs attention. */
        YELLOW,
        /** Does not work. */
        RED;

        /** Its word in output. */
        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
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

    /**
     * Compares the clock of a system with this machine's.
     *
     * @param system for the text, such as {@code https://pve1:8006}
     * @param before this machine's time before the system was asked
     * @param after this machine's time after its answer
     */
    static CheckResult clock(String system, Instant theirs, Instant before, Instant after) {
        Instant ours = before.plus(Duration.between(before, after).dividedBy(2));
        Duration apart = Duration.between(ours, theirs);
        long seconds = Math.abs(apart.toSeconds());
        String text = system + ": "
                + (seconds <= 2
                        ? "same time as here"
                        : seconds + " s " + (apart.isNegative() ? "behind" : "ahead of") + " this machine");
        String advice = "set both clocks by NTP: timedatectl set-ntp true";
        if (apart.abs().compareTo(TOLERANCE) >= 0) {
            return red(text + "; from 5 minutes on, hook messages are refused", advice);
        }
        return apart.abs().compareTo(NOTABLE) >= 0 ? yellow(text, advice) : green(text);
    }
}
