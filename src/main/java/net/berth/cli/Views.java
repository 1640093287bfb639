package net.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The API's answers as tables. */
final class Views {
    private final Paint paint;

    Views(Paint paint) {
        this.paint = paint;
    }

    /** Guests, one line per NIC, and below what a person must look at. */
    List<String> guests(JsonNode answer) {
        List<JsonNode> guests = Json.list(answer, "items");
        if (guests.isEmpty()) {
            return List.of("No guests.");
        }
        boolean live = guests.stream()
                .flatMap(guest -> Json.list(guest, "nics").stream())
                .anyMatch(nic -> nic.has("live"));
        Table table = new Table(cells(
                live, "LIVE", "VMID", "NAME", "NODE", "STATUS", "STATE", "NIC", "NETWORK", "ADDRESS", "IPAM", "DHCP",
                "DNS", "GUEST"));
        List<String> below = new ArrayList<>();
        for (JsonNode guest : guests) {
            rows(table, guest, live);
            below.addAll(remarks(guest));
        }
        List<String> lines = new ArrayList<>(table.lines(paint));
        section(lines, below);
        return lines;
    }

    /** Changes with their reasons, then conflicts and gaps. */
    List<String> plan(JsonNode answer) {
        List<String> lines = new ArrayList<>(changes(Json.list(answer, "items")));
        section(lines, conflicts(answer));
        section(lines, gaps(answer));
        return lines;
    }

    /** What a full pass left behind. */
    List<String> pass(JsonNode answer) {
        List<String> lines = new ArrayList<>(guests(answer));
        List<JsonNode> releases = Json.list(answer, "releases");
        section(lines, releases.isEmpty() ? List.of() : changes(releases));
        section(
                lines,
                Json.list(answer, "conflicts").stream()
                        .filter(conflict -> Json.text(conflict, "guest").isEmpty())
                        .flatMap(conflict -> conflict("", conflict).stream())
                        .toList());
        section(lines, gaps(answer));
        return lines;
    }

    /** What guests say of their own addresses has a column only where one says anything. */
    private static String[] cells(boolean live, String last, String... cells) {
        return live ? Stream.concat(Stream.of(cells), Stream.of(last)).toArray(String[]::new) : cells;
    }

    private static void rows(Table table, JsonNode guest, boolean live) {
        String[] head = {
            Json.text(guest, "vmid"),
            Json.text(guest, "name"),
            Json.text(guest, "node"),
            Json.text(guest, "status"),
            Json.text(guest, "state")
        };
        List<JsonNode> nics = Json.list(guest, "nics");
        if (nics.isEmpty()) {
            table.row(cells(live, "", head[0], head[1], head[2], head[3], head[4], "", "", "", "", "", "", ""));
        }
        for (JsonNode nic : nics) {
            boolean first = nic.equals(nics.getFirst());
            table.row(cells(
                    live,
                    String.join(" ", Json.texts(nic, "live")),
                    first ? head[0] : "",
                    first ? head[1] : "",
                    first ? head[2] : "",
                    first ? head[3] : "",
                    first ? head[4] : "",
                    Json.text(nic, "name"),
                    dash(Json.text(nic, "network")),
                    dash(Json.text(nic, "address")),
                    Json.text(nic, "ipam"),
                    Json.text(nic, "dhcp"),
                    Json.text(nic, "dns"),
                    Json.text(nic, "guest")));
        }
    }

    private List<String> changes(List<JsonNode> changes) {
        if (changes.isEmpty()) {
            return List.of("Nothing to do.");
        }
        Table table = new Table("GUEST", "NIC", "SYSTEM", "ACTION", "REASON");
        changes.forEach(change -> table.row(
                title(Json.text(change, "guest"), Json.text(change, "name")),
                Json.text(change, "nic"),
                Json.text(change, "system"),
                Json.text(change, "action"),
                Json.text(change, "reason")));
        return table.lines(paint);
    }

    private static List<String> remarks(JsonNode guest) {
        String title = title(Json.text(guest, "id"), Json.text(guest, "name"));
        List<String> lines = new ArrayList<>();
        for (JsonNode nic : Json.list(guest, "nics")) {
            if (!Json.text(nic, "note").isEmpty()) {
                lines.add(title + " " + Json.text(nic, "name") + ": held: " + Json.text(nic, "note"));
            }
        }
        if (!Json.text(guest, "failure").isEmpty()) {
            lines.add(title + ": failing: " + Json.text(guest, "failure"));
        }
        Json.list(guest, "conflicts").forEach(conflict -> lines.addAll(conflict(title + " ", conflict)));
        return lines;
    }

    private static List<String> conflicts(JsonNode answer) {
        return Json.list(answer, "conflicts").stream()
                .flatMap(conflict -> {
                    String title = title(Json.text(conflict, "guest"), Json.text(conflict, "name"));
                    return conflict(title.isEmpty() ? "" : title + " ", conflict).stream();
                })
                .toList();
    }

    /** One conflict in two lines: what, and what resolves it. */
    static List<String> conflict(String whose, JsonNode conflict) {
        String nic = Json.text(conflict, "nic");
        String where = (whose + nic).strip();
        return List.of(
                (where.isEmpty() ? "" : where + ": ") + Json.text(conflict, "code") + ": "
                        + Json.text(conflict, "message"),
                "    fix: " + Json.text(conflict, "fix"));
    }

    private static List<String> gaps(JsonNode answer) {
        return Json.texts(answer, "gaps").stream()
                .map(gap -> "not read: " + gap)
                .toList();
    }

    /** {@code web (101)}: the name first, as people think of it. */
    private static String title(String id, String name) {
        String number = id.substring(id.lastIndexOf('/') + 1);
        return name.isEmpty() ? number : name + " (" + number + ")";
    }

    private static String dash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    private static void section(List<String> lines, List<String> more) {
        if (!more.isEmpty()) {
            lines.add("");
            lines.addAll(more);
        }
    }
}
