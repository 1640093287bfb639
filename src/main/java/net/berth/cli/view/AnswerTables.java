package net.berth.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The API's answers as tables. */
public final class AnswerTables {
    private final Colours colours;

    /** For output with or without colours. */
    public AnswerTables(Colours colours) {
        this.colours = colours;
    }

    /** Guests, one line per NIC; below them what is held back, what fails and the conflicts. */
    public List<String> guests(JsonNode answer) {
        List<JsonNode> guests = JsonValues.list(answer, "items");
        if (guests.isEmpty()) {
            return List.of("No guests.");
        }
        boolean live = guests.stream()
                .flatMap(guest -> JsonValues.list(guest, "nics").stream())
                .anyMatch(nic -> nic.has("live"));
        Table table = new Table(cells(
                live, "LIVE", "VMID", "NAME", "NODE", "STATUS", "STATE", "NIC", "NETWORK", "ADDRESS", "IPAM", "DHCP",
                "DNS", "GUEST"));
        List<String> below = new ArrayList<>();
        for (JsonNode guest : guests) {
            rows(table, guest, live);
            below.addAll(remarks(guest));
        }
        List<String> lines = new ArrayList<>(table.lines(colours));
        section(lines, below);
        return lines;
    }

    /** Changes with their reasons, then conflicts and gaps. */
    public List<String> plan(JsonNode answer) {
        List<String> lines = new ArrayList<>(changes(JsonValues.list(answer, "items")));
        section(lines, conflicts(answer));
        section(lines, gaps(answer));
        return lines;
    }

    /** Live leases, and machines without one. */
    public List<String> leases(JsonNode answer) {
        List<JsonNode> leases = JsonValues.list(answer, "items");
        if (leases.isEmpty()) {
            return List.of("No leases.");
        }
        Table table = new Table("ADDRESS", "MAC", "LEFT", "NETWORK", "CLIENT", "GUEST", "NIC", "NOTE");
        for (JsonNode lease : leases) {
            String guest = JsonValues.text(lease, "guest");
            String name = JsonValues.text(lease, "name");
            table.row(
                    JsonValues.text(lease, "address"),
                    JsonValues.text(lease, "mac"),
                    left(lease),
                    JsonValues.dashed(lease, "network"),
                    JsonValues.dashed(lease, "client"),
                    name.isEmpty() ? guest : JsonValues.title(guest, name),
                    JsonValues.dashed(lease, "nic"),
                    JsonValues.text(lease, "note"));
        }
        return table.lines(colours);
    }

    private static String left(JsonNode lease) {
        String seconds = JsonValues.text(lease, "secondsLeft");
        if (seconds.isEmpty()) {
            return JsonValues.text(lease, "source").equals("arp") ? "no lease" : "?";
        }
        long minutes = Long.parseLong(seconds) / 60;
        return minutes < 1 ? seconds + "s" : minutes < 60 ? minutes + "m" : minutes / 60 + "h" + minutes % 60 + "m";
    }

    /** The result of a full pass. */
    public List<String> pass(JsonNode answer) {
        List<String> lines = new ArrayList<>(guests(answer));
        List<JsonNode> releases = JsonValues.list(answer, "releases");
        section(lines, releases.isEmpty() ? List.of() : changes(releases));
        section(
                lines,
                JsonValues.list(answer, "conflicts").stream()
                        .filter(conflict -> JsonValues.text(conflict, "guest").isEmpty())
                        .flatMap(conflict -> conflict("", conflict).stream())
                        .toList());
        section(lines, gaps(answer));
        return lines;
    }

    /** The column LIVE is shown only if a guest reports addresses of its own. */
    private static String[] cells(boolean live, String last, String... cells) {
        return live ? Stream.concat(Stream.of(cells), Stream.of(last)).toArray(String[]::new) : cells;
    }

    private static void rows(Table table, JsonNode guest, boolean live) {
        String[] head = {
            JsonValues.text(guest, "vmid"),
            JsonValues.text(guest, "name"),
            JsonValues.text(guest, "node"),
            JsonValues.text(guest, "status"),
            JsonValues.text(guest, "state")
        };
        List<JsonNode> nics = JsonValues.list(guest, "nics");
        if (nics.isEmpty()) {
            table.row(cells(live, "", head[0], head[1], head[2], head[3], head[4], "", "", "", "", "", "", ""));
        }
        for (JsonNode nic : nics) {
            boolean first = nic.equals(nics.getFirst());
            table.row(cells(
                    live,
                    String.join(" ", JsonValues.texts(nic, "live")),
                    first ? head[0] : "",
                    first ? head[1] : "",
                    first ? head[2] : "",
                    first ? head[3] : "",
                    first ? head[4] : "",
                    JsonValues.text(nic, "name"),
                    JsonValues.dashed(nic, "network"),
                    JsonValues.dashed(nic, "address"),
                    JsonValues.text(nic, "ipam"),
                    JsonValues.text(nic, "dhcp"),
                    JsonValues.text(nic, "dns"),
                    JsonValues.text(nic, "guest")));
        }
    }

    private List<String> changes(List<JsonNode> changes) {
        if (changes.isEmpty()) {
            return List.of("Nothing to do.");
        }
        Table table = new Table("GUEST", "NIC", "SYSTEM", "ACTION", "REASON");
        changes.forEach(change -> table.row(
                JsonValues.title(JsonValues.text(change, "guest"), JsonValues.text(change, "name")),
                JsonValues.text(change, "nic"),
                JsonValues.text(change, "system"),
                JsonValues.text(change, "action"),
                JsonValues.text(change, "reason")));
        return table.lines(colours);
    }

    private static List<String> remarks(JsonNode guest) {
        String title = JsonValues.title(JsonValues.text(guest, "id"), JsonValues.text(guest, "name"));
        List<String> lines = new ArrayList<>();
        for (JsonNode nic : JsonValues.list(guest, "nics")) {
            if (!JsonValues.text(nic, "note").isEmpty()) {
                lines.add(title + " " + JsonValues.text(nic, "name") + ": held: " + JsonValues.text(nic, "note"));
            }
        }
        if (!JsonValues.text(guest, "failure").isEmpty()) {
            lines.add(title + ": failing: " + JsonValues.text(guest, "failure"));
        }
        JsonValues.list(guest, "conflicts").forEach(conflict -> lines.addAll(conflict(title + " ", conflict)));
        return lines;
    }

    private static List<String> conflicts(JsonNode answer) {
        return JsonValues.list(answer, "conflicts").stream()
                .flatMap(conflict -> {
                    String title =
                            JsonValues.title(JsonValues.text(conflict, "guest"), JsonValues.text(conflict, "name"));
                    return conflict(title.isEmpty() ? "" : title + " ", conflict).stream();
                })
                .toList();
    }

    /** One conflict in two lines: what, and what resolves it. */
    static List<String> conflict(String whose, JsonNode conflict) {
        String nic = JsonValues.text(conflict, "nic");
        String where = (whose + nic).strip();
        return List.of(
                (where.isEmpty() ? "" : where + ": ") + JsonValues.text(conflict, "code") + ": "
                        + JsonValues.text(conflict, "message"),
                "    fix: " + JsonValues.text(conflict, "fix"));
    }

    private static List<String> gaps(JsonNode answer) {
        return JsonValues.texts(answer, "gaps").stream()
                .map(gap -> "not read: " + gap)
                .toList();
    }

    private static void section(List<String> lines, List<String> more) {
        if (!more.isEmpty()) {
            lines.add("");
            lines.addAll(more);
        }
    }
}
