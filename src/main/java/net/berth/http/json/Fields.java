package net.berth.http.json;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A JSON object, written key by key in the order of {@code openapi.yaml}. */
public final class Fields {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    Fields() {}

    /** A value of its own JSON type, or by its text: an address, an id, a state. */
    Fields with(String key, Object value) {
        values.put(key, isJson(value) ? value : value.toString());
        return this;
    }

    /** With null for an empty text. */
    Fields orNull(String key, String text) {
        values.put(key, text.isEmpty() ? null : text);
        return this;
    }

    /** Without the key for an empty text or list. */
    Fields unlessEmpty(String key, Object value) {
        return value.equals("") || value.equals(List.of()) ? this : with(key, value);
    }

    /** A time in ISO 8601, UTC, to the millisecond. */
    Fields time(String key, Instant time) {
        return with(key, time.truncatedTo(ChronoUnit.MILLIS));
    }

    <T> Fields each(String key, Collection<T> items, Function<T, ?> item) {
        return with(key, items.stream().map(item).toList());
    }

    private static boolean isJson(Object value) {
        return value instanceof Number
                || value instanceof Boolean
                || value instanceof Collection
                || value instanceof Map
                || value instanceof Fields;
    }

    @JsonValue
    Map<String, @Nullable Object> values() {
        return values;
    }
}
