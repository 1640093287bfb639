package net.berth.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.berth.security.PlainText;

/** An event as one line of text. */
public record EventLine(Colours colours, ZoneId zone) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    /** The line for a CloudEvent as JSON; anything else is returned as it is. */
    public String of(String event) {
        return Answer.read(event).map(this::line).orElseGet(() -> PlainText.of(event));
    }

    private String line(Answer json) {
        String type = json.text("type");
        String head = time(json.text("time")) + "  " + colours.event(String.format("%-17s", type)) + "  ";
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
    private static String words(Answer json) {
        Answer data = new Answer(json.json().path("data"));
        List<String> words = new ArrayList<>();
        String guest = data.text("guest");
        words.add(guest.isEmpty() ? json.text("subject") : data.text("name").isEmpty() ? guest : data.title("guest"));
        data.json().properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (entry.getKey().equals("guest") || entry.getKey().equals("name") || value.isNull()) {
                return;
            }
            if (value.isValueNode()) {
                words.add(data.text(entry.getKey()) + (value.isNumber() ? " " + entry.getKey() : ""));
            } else if (entry.getKey().equals("conflicts")) {
                data.list("conflicts")
                        .forEach(conflict -> words.add(conflict.text("code") + ": " + conflict.text("message")));
            } else {
                words.add(String.join(", ", data.texts(entry.getKey())));
            }
        });
        // The subject is often in the data, too.
        return words.stream().distinct().collect(Collectors.joining("  "));
    }
}
