package net.berth.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** A time in the past with how long ago it was. */
public final class TimeAgo {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** What the clocks of two machines may differ, as for the hook. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private TimeAgo() {}

    /** {@code 2026-11-20 18:03 UTC, 1 day ago}; empty when the text is no ISO 8601 instant. */
    public static Optional<String> of(String instant, Instant now) {
        try {
            Instant then = Instant.parse(instant);
            return Optional.of(MINUTE.format(then) + ", " + ago(Duration.between(then, now)));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    private static String ago(Duration past) {
        if (past.compareTo(SKEW.negated()) < 0) {
            return "which is later than this machine's clock";
        }
        if (past.toMinutes() < 1) {
            return "just now";
        }
        return past.toHours() < 1
                ? count(past.toMinutes(), "minute")
                : past.toDays() < 1 ? count(past.toHours(), "hour") : count(past.toDays(), "day");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s") + " ago";
    }
}
