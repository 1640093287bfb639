package net.berth.cli.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import net.berth.security.PlainText;

/** An answer of the API, or an object in one; its texts are read safe to print. */
public record Answer(JsonNode json) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** What the clocks of two machines may differ, as for the hook. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** Reads a document; empty when it is no JSON. */
    public static Optional<Answer> read(String text) {
        try {
            return Optional.of(new Answer(JSON.readTree(text)));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** A value of this program as an answer. */
    public static Answer of(Object value) {
        return new Answer(JSON.valueToTree(value));
    }

    /** A value as text; empty for null and for what is no single value. */
    public String text(String key) {
        JsonNode value = json.path(key);
        return value.isNull() || value.isContainerNode() ? "" : PlainText.of(value.asText());
    }

    /** Several values as texts; {@code -} instead of an empty text for a key that is given as {@code -key}. */
    public List<String> cells(String... keys) {
        return Arrays.stream(keys).map(this::cell).toList();
    }

    private String cell(String key) {
        String text = text(key.startsWith("-") ? key.substring(1) : key);
        return text.isEmpty() && key.startsWith("-") ? "-" : text;
    }

    /** Whether a value is true. */
    public boolean is(String key) {
        return json.path(key).asBoolean();
    }

    /** The elements of a list; none if there is no such list. */
    public List<Answer> list(String key) {
        return StreamSupport.stream(json.path(key).spliterator(), false)
                .map(Answer::new)
                .toList();
    }

    /** The texts of a list. */
    List<String> texts(String key) {
        return list(key).stream().map(item -> PlainText.of(item.json.asText())).toList();
    }

    /** {@code web (101)}: a guest by its name, and by its VMID alone if it has none; empty without a guest. */
    String title(String idKey) {
        String id = text(idKey);
        String number = id.substring(id.lastIndexOf('/') + 1);
        String name = text("name");
        return name.isEmpty() ? number : name + " (" + number + ")";
    }

    /** {@code 2026-11-20 18:03 UTC, 1 day ago}; empty when the value is no ISO 8601 instant. */
    public Optional<String> ago(String key, Instant now) {
        try {
            Instant then = Instant.parse(text(key));
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

    /** A JSON document with the characters that could control a terminal written as JSON escapes. */
    public static String escaped(String json) {
        return PlainText.STEERING
                .matcher(json)
                .replaceAll(found -> Matcher.quoteReplacement(found.group()
                        .chars()
                        .mapToObj(unit -> unit == '\n' ? "\n" : String.format("\\u%04x", unit))
                        .collect(Collectors.joining())));
    }
}
