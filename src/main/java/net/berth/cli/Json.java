package net.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads the API's answers for people. */
final class Json {
    private Json() {}

    /** A value as text, empty for null; what could steer a terminal is taken out. */
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

    /** Without what could steer a terminal. */
    static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
