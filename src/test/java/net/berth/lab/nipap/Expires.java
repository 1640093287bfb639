package net.berth.lab.nipap;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code expires} as nipapd does: kindly, so that junk means now. The server's zone is UTC here. */
final class Expires {
    private static final Pattern IN = Pattern.compile("(?:in )?(\\d+) (second|minute|hour|day|year)s?");

    /** The database's infinity, which is a value and not NULL, though the answers show it as nil. */
    static final Instant NEVER = Instant.MAX;

    private Expires() {}

    /** What nipapd makes of an attribute. */
    static Instant parse(Object value) {
        if (value == null || value.equals("never") || value.equals("infinity")) {
            return NEVER;
        }
        if (!(value instanceof String text)) {
            String type = value instanceof Integer ? "int" : "DateTime";
            throw Fault.python("TypeError", "Parser must be a string or character stream, not " + type);
        }
        Instant iso = iso(text);
        return iso != null ? iso : words(text.strip().toLowerCase(Locale.ROOT));
    }

    /** A value to compare with is read by the database itself, which is strict. */
    static Instant compared(Object value) {
        if (!(value instanceof String text)) {
            throw Fault.query("can't adapt type 'DateTime'");
        }
        Instant time = text.equals("infinity") ? NEVER : iso(text);
        if (time == null) {
            throw Fault.data();
        }
        return time;
    }

    private static Instant iso(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notWithZone) {
            try {
                return text.length() == 10
                        ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                        : LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException notIso) {
                return null;
            }
        }
    }

    private static Instant words(String text) {
        Instant now = Instant.now();
        if (text.equals("tomorrow")) {
            return LocalDate.now(ZoneOffset.UTC).plusDays(1).atTime(9, 0).toInstant(ZoneOffset.UTC);
        }
        Matcher in = IN.matcher(text);
        if (!in.matches()) {
            return now;
        }
        long count = Long.parseLong(in.group(1));
        return now.plus(
                switch (in.group(2)) {
                    case "second" -> Duration.ofSeconds(count);
                    case "minute" -> Duration.ofMinutes(count);
                    case "hour" -> Duration.ofHours(count);
                    case "day" -> Duration.ofDays(count);
                    default -> Duration.ofDays(365 * count);
                });
    }
}
