package net.berth.http.json;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Texts of the API. Where Berth's values have an empty text, the API has null. */
final class Texts {
    private Texts() {}

    static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** ISO 8601, UTC, to the millisecond. */
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
