package net.berth.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import net.berth.security.PlainText;

/** Reads values of the API's answers, safe to print. */
public final class JsonValues {
    private JsonValues() {}

    /** A value as text; empty for null and for what is no single value. */
    public static String text(JsonNode object, String key) {
        JsonNode value = object.path(key);
        return value.isNull() || value.isContainerNode() ? "" : PlainText.of(value.asText());
    }

    /** Like {@link #text}, but {@code -} where that is empty. */
    static String dashed(JsonNode object, String key) {
        String text = text(object, key);
        return text.isEmpty() ? "-" : text;
    }

    /** The elements of a list; none if there is no such list. */
    public static List<JsonNode> list(JsonNode object, String key) {
        return StreamSupport.stream(object.path(key).spliterator(), false).toList();
    }

    /** The texts of a list. */
    static List<String> texts(JsonNode object, String key) {
        return list(object, key).stream()
                .map(value -> PlainText.of(value.asText()))
                .toList();
    }

    /** {@code web (101)}: a guest by its name, and by its VMID alone if it has none. */
    static String title(String id, String name) {
        String number = id.substring(id.lastIndexOf('/') + 1);
        return name.isEmpty() ? number : name + " (" + number + ")";
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
