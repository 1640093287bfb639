package net.berth.doctor;

import java.time.Duration;
import java.time.Instant;

/** Compares the clock of a system with this machine's. */
final class ClockCheck {
    /** The receiver refuses hook messages whose timestamp differs by more. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Duration NOTABLE = Duration.ofSeconds(30);

    private ClockCheck() {}

    /**
     * Compares.
     *
     * @param system for the text, such as {@code https://pve1:8006}
     * @param theirs the system's time
     * @param before this machine's time before the system was asked
     * @param after this machine's time after its answer
     */
    static CheckResult compare(String system, Instant theirs, Instant before, Instant after) {
        Instant ours = before.plus(Duration.between(before, after).dividedBy(2));
        Duration apart = Duration.between(ours, theirs);
        long seconds = Math.abs(apart.toSeconds());
        String text = system + ": "
                + (seconds <= 2
                        ? "same time as here"
                        : seconds + " s " + (apart.isNegative() ? "behind" : "ahead of") + " this machine");
        String advice = "set both clocks by NTP: timedatectl set-ntp true";
        if (apart.abs().compareTo(TOLERANCE) >= 0) {
            return CheckResult.red(text + "; from 5 minutes on, hook messages are refused", advice);
        }
        return apart.abs().compareTo(NOTABLE) >= 0 ? CheckResult.yellow(text, advice) : CheckResult.green(text);
    }
}
