package net.berth.nipap.xmlrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.berth.lab.nipap.LabNipap;
import net.berth.lab.nipap.Wire;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Plays the recorded requests, in their order, to the stand-in: it must answer as the real nipapd did. What was done
 * between two recordings is done by hand.
 */
class LabNipapRecordingsTest {
    @Test
    void theStandInAnswersAsTheRealOneDid() throws IOException, InterruptedException {
        SoftAssertions softly = new SoftAssertions();
        List<String> names = Recordings.names();
        try (LabNipap lab = LabNipap.start();
                HttpClient client = HttpClient.newHttpClient()) {
            lab.users().addReadOnly("ro", LabNipap.PASSWORD);
            for (String name : names) {
                prepare(lab, name);
                Object expected = comparable(name, Wire.readAnswer(Recordings.response(name)));
                Object actual = comparable(name, Wire.readAnswer(post(client, lab, name)));
                softly.assertThat(actual).as(name).isEqualTo(expected);
            }
        }
        softly.assertAll();
        assertThat(names).hasSizeGreaterThan(100);
    }

    private static void prepare(LabNipap lab, String name) {
        switch (name) {
            case "64-edit_prefix-expires-datetime" -> {
                Map<String, Object> edit = new LinkedHashMap<>();
                edit.put("external_key", null);
                edit.put("comment", "x");
                edit.put("authoritative_source", "other");
                edit.put("tags", List.of("a", "b"));
                edit.put("status", "assigned");
                lab.editHost("10.10.0.3", edit);
            }
            case "121-fault-exhausted" -> {
                lab.addAssignment("10.97.0.0/29", "full");
                for (int host = 1; host <= 6; host++) {
                    lab.addHost("10.97.0." + host, Map.of("node", "n" + host));
                }
            }
            case "123-fault-db-down" -> lab.mishaps().databaseDown(true);
            default -> lab.mishaps().databaseDown(false);
        }
    }

    private static String credentials(String name) {
        return switch (name) {
            case "113-fault-auth-wrong-password" -> LabNipap.USER + ":wrong";
            case "114-fault-auth-unknown-user" -> "nobody:x";
            case "117-fault-auth-bad-backend" -> LabNipap.USER + "@nope:x";
            case "118-fault-readonly-user" -> "ro:" + LabNipap.PASSWORD;
            default -> LabNipap.USER + ":" + LabNipap.PASSWORD;
        };
    }

    private static byte[] post(HttpClient client, LabNipap lab, String name) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(lab.url())
                .header("Content-Type", "text/xml")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Recordings.request(name)));
        if (!name.equals("115-fault-auth-no-header")) {
            byte[] credentials = credentials(name).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
        }
        HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static Object comparable(String name, Object value) {
        return switch (value) {
            case null -> null;
            case List<?> list ->
                list.stream().map(item -> comparable(name, item)).toList();
            case Map<?, ?> map -> {
                Map<Object, Object> kept = new LinkedHashMap<>();
                map.forEach((key, member) -> {
                    if (key.equals("faultString")) {
                        // PostgreSQL adds lines that show its SQL.
                        kept.put(key, ((String) member).lines().findFirst().orElse(""));
                    } else if (!hasMoved(name, (String) key)) {
                        kept.put(key, comparable(name, member));
                    }
                });
                yield kept;
            }
            default -> value;
        };
    }

    /** What depends on the time, or on how many failed inserts there were between two recordings. */
    private static boolean hasMoved(String name, String key) {
        return switch (key) {
            case "added", "last_modified" -> true;
            case "id" -> Recordings.number(name) > 92;
            case "expires" -> name.startsWith("65-") || name.startsWith("67-");
            default -> false;
        };
    }
}
