package net.berth.cli;

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

/** An event as one line for a person. */
final class EventLine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Paint paint;
    private final ZoneId zone;

    EventLine(Paint paint, ZoneId zone) {
        this.paint = paint;
        this.zone = zone;
    }

    String of(ServerEvent event) {
        JsonNode json;
        try {
            json = JSON.readTree(event.data());
        } catch (JsonProcessingException e) {
            return Json.clean(event.data());
        }
        String type = Json.text(json, "type");
        String head = time(Json.text(json, "time")) + "  " + paint.event(String.format("%-17s", type)) + "  ";
        return (head + words(json)).stripTrailing();
    }

    private String time(String text) {
        try {
            return TIME.format(Instant.parse(text).atZone(zone));
        } catch (DateTimeParseException e) {
            return text;
        }
    }

    /** Whom it is about first; then whatever its data say, so that an event of a later version is told, too. */
    private static String words(JsonNode json) {
        JsonNode data = json.path("data");
        List<String> words = new ArrayList<>();
        String guest = Json.text(data, "guest");
        String name = Json.text(data, "name");
        String number = guest.substring(guest.lastIndexOf('/') + 1);
        words.add(guest.isEmpty() ? Json.text(json, "subject") : name.isEmpty() ? guest : name + " (" + number + ")");
        data.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (entry.getKey().equals("guest") || entry.getKey().equals("name") || value.isNull()) {
                return;
            }
            if (value.isValueNode()) {
                words.add(Json.text(data, entry.getKey()) + (value.isNumber() ? " " + entry.getKey() : ""));
            } else if (entry.getKey().equals("conflicts")) {
                Json.list(data, "conflicts")
                        .forEach(conflict ->
                                words.add(Json.text(conflict, "code") + ": " + Json.text(conflict, "message")));
            } else {
                words.add(String.join(", ", Json.texts(data, entry.getKey())));
            }
        });
        // What an event is about often stands in its data, too.
        return words.stream().distinct().collect(Collectors.joining("  "));
    }
}
