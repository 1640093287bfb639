package net.berth.engine.check;

import java.time.Duration;
import java.time.Instant;

/** Judges how far two clocks are apart. */
public final class Clocks {
    /** From here on a hook's message would be refused as stale. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Duration TOLD = Duration.ofSeconds(30);

    private Clocks() {}

    /**
     * Compares the clock of a system with this machine's.
     *
     * @param whose for the text, such as {@code https://pve1:8006}
     * @param theirs what its clock said
     * @param before this machine's time before it was asked
     * @param after and after
     */
    public static Finding compare(String whose, Instant theirs, Instant before, Instant after) {
        Instant ours = before.plus(Duration.between(before, after).dividedBy(2));
        Duration apart = Duration.between(ours, theirs);
        long seconds = Math.abs(apart.toSeconds());
        String text = whose + ": "
                + (seconds <= 2
                        ? "as here"
                        : seconds + " s " + (apart.isNegative() ? "behind" : "ahead of") + " this machine");
        String advice = "set both clocks by NTP: timedatectl set-ntp true";
        if (apart.abs().compareTo(TOLERANCE) >= 0) {
            return Finding.red(text + "; from 5 minutes on the hook's messages are refused", advice);
        }
        return apart.abs().compareTo(TOLD) >= 0 ? Finding.yellow(text, advice) : Finding.green(text);
    }
}
