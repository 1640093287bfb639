package net.berth.cli.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.berth.security.PlainText;

/** An event as one line of text. */
public final class EventLine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Colours colours;
    private final ZoneId zone;

    /** @param zone for the times */
    public EventLine(Colours colours, ZoneId zone) {
        this.colours = colours;
        this.zone = zone;
    }

    /** The line for a CloudEvent as JSON; anything else is returned as it is. */
    public String of(String event) {
        JsonNode json;
        try {
            json = JSON.readTree(event);
        } catch (JsonProcessingException e) {
            return PlainText.of(event);
        }
        String type = JsonValues.text(json, "type");
        String head = time(JsonValues.text(json, "time")) + "  " + colours.event(String.format("%-17s", type)) + "  ";
        return (head + words(json)).stripTrailing();
    }

    private String time(String text) {
        try {
            return TIME.format(Instant.parse(text).atZone(zone));
        } catch (DateTimeParseException e) {
            return text;
        }
    }

    /** The guest or subject first, then all values of the data: so events of later versions are shown, too. */
    private static String words(JsonNode json) {
        JsonNode data = json.path("data");
        List<String> words = new ArrayList<>();
        String guest = JsonValues.text(data, "guest");
        String name = JsonValues.text(data, "name");
        words.add(
                guest.isEmpty()
                        ? JsonValues.text(json, "subject")
                        : name.isEmpty() ? guest : JsonValues.title(guest, name));
        data.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (entry.getKey().equals("guest") || entry.getKey().equals("name") || value.isNull()) {
                return;
            }
            if (value.isValueNode()) {
                words.add(JsonValues.text(data, entry.getKey()) + (value.isNumber() ? " " + entry.getKey() : ""));
            } else if (entry.getKey().equals("conflicts")) {
                JsonValues.list(data, "conflicts")
                        .forEach(conflict -> words.add(
                                JsonValues.text(conflict, "code") + ": " + JsonValues.text(conflict, "message")));
            } else {
                words.add(String.join(", ", JsonValues.texts(data, entry.getKey())));
            }
        });
        // The subject is often in the data, too.
        return words.stream().distinct().collect(Collectors.joining("  "));
    }
}
