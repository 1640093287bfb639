package net.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads the API's answers for people. */
final class Json {
    private static final Pattern STEERING = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]+");

    private Json() {}

    /** A value as text, empty for null; what could steer a terminal or turn the reading direction is taken out. */
    static String text(JsonNode object, String key) {
        JsonNode value = object.path(key);
        return value.isNull() || value.isContainerNode() ? "" : clean(value.asText());
    }

    /** The elements of a list; none when there is no such list. */
    static List<JsonNode> list(JsonNode object, String key) {
        return StreamSupport.stream(object.path(key).spliterator(), false).toList();
    }

    /** The texts of a list. */
    static List<String> texts(JsonNode object, String key) {
        return list(object, key).stream().map(value -> clean(value.asText())).toList();
    }

    /** The same document, with such characters as JSON's escapes: whole JSON holds them in its strings only. */
    static String escaped(String json) {
        return STEERING.matcher(json)
                .replaceAll(found -> Matcher.quoteReplacement(found.group()
                        .chars()
                        .mapToObj(unit -> unit == '\n' ? "\n" : String.format("\\u%04x", unit))
                        .collect(Collectors.joining())));
    }

    /** Free of what could steer a terminal. */
    static String clean(String text) {
        return STEERING.matcher(text).replaceAll(" ").strip();
    }
}
