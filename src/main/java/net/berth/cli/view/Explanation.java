package net.berth.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Explains in a few lines why a guest has its address, what each system holds, what is held back and what would change. */
public final class Explanation {
    private final Colours colours;
    private final Instant now;

    /** @param now to say how long ago an address was claimed */
    public Explanation(Colours colours, Instant now) {
        this.colours = colours;
        this.now = now;
    }

    /** The lines for the answer of {@code GET /v1/guests/{vmid}}. */
    public List<String> of(JsonNode guest) {
        List<String> lines = new ArrayList<>();
        String name = JsonValues.text(guest, "name");
        lines.add((name.isEmpty() ? "" : name + ", ") + JsonValues.text(guest, "id") + ", "
                + JsonValues.text(guest, "status") + " on " + JsonValues.text(guest, "node") + ": "
                + colours.word(JsonValues.text(guest, "state")));
        if (JsonValues.text(guest, "state").equals("unmanaged")) {
            // Nothing was compared, so the fields of its NICs mean nothing.
            lines.add("  Not managed by Berth: it is a template, or not selected (guests.select).");
            return lines;
        }
        if (!JsonValues.text(guest, "failure").isEmpty()) {
            lines.add("  failing: " + JsonValues.text(guest, "failure"));
        }
        JsonValues.list(guest, "nics").forEach(nic -> lines.addAll(nic(JsonValues.text(guest, "id"), nic)));
        for (JsonNode conflict : JsonValues.list(guest, "conflicts")) {
            lines.add("");
            lines.addAll(AnswerTables.conflict("", conflict));
        }
        lines.addAll(changes(JsonValues.list(guest, "changes")));
        return lines;
    }

    private List<String> nic(String guestId, JsonNode nic) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(JsonValues.text(nic, "name") + ", " + JsonValues.text(nic, "mac") + ": " + where(nic));
        if (JsonValues.text(nic, "network").isEmpty()) {
            return lines;
        }
        String origin = JsonValues.text(nic, "origin");
        if (!origin.isEmpty()) {
            lines.add("  why this one: " + origin);
        }
        if (!JsonValues.text(nic, "address").isEmpty()) {
            lines.add("  claimed "
                    + TimeAgo.of(JsonValues.text(nic, "claimed"), now)
                            .map(since -> since + ", for " + guestId + " " + JsonValues.text(nic, "name"))
                            .orElse("by an earlier version of Berth, which did not record when"));
        }
        for (Holder holder : Holder.values()) {
            String mark = JsonValues.text(nic, holder.key);
            boolean guest = holder == Holder.GUEST;
            String note = guest ? JsonValues.text(nic, "note") : "";
            String words = note.isEmpty() ? holder.words(mark) : note;
            lines.add("  " + holder.title + "  " + colours.word(String.format("%-7s", mark)) + "  " + words);
        }
        List<String> live = JsonValues.texts(nic, "live");
        if (!live.isEmpty()) {
            lines.add("  addresses in use: " + String.join(", ", live) + " (reported by the guest)");
        }
        return lines;
    }

    private static String where(JsonNode nic) {
        String network = JsonValues.text(nic, "network");
        if (network.isEmpty()) {
            return "on no network in the settings: none has its bridge and VLAN";
        }
        String address = JsonValues.text(nic, "address");
        if (address.isEmpty()) {
            return "no address yet in network " + network;
        }
        String fqdn = JsonValues.text(nic, "fqdn");
        return address + " in network " + network + (fqdn.isEmpty() ? ", without a name" : ", named " + fqdn);
    }

    private static List<String> changes(List<JsonNode> changes) {
        if (changes.isEmpty()) {
            return List.of("", "Nothing would change.");
        }
        List<String> lines = new ArrayList<>(List.of("", "Would change, in this order:"));
        for (JsonNode change : changes) {
            lines.add("  " + JsonValues.text(change, "nic") + ": " + JsonValues.text(change, "action"));
            lines.add("      because " + JsonValues.text(change, "reason"));
        }
        return lines;
    }

    /** A system that holds something about a NIC, and the meaning of its state there. */
    private enum Holder {
        IPAM(
                "ipam",
                "NIPAP",
                "its row has the address",
                "it has no row yet",
                "its row is out of date and will be updated"),
        DHCP(
                "dhcp",
                "DHCP ",
                "the router maps its MAC to it",
                "no mapping yet",
                "the mapping has another address or name; NIPAP wins"),
        DNS("dns", "DNS  ", "the router knows the name", "no name yet", "the name has another address; NIPAP wins"),
        GUEST(
                "guest",
                "guest",
                "its config has this address",
                "its config has no address yet",
                "its config has another address; NIPAP wins");

        private final String key;
        private final String title;
        private final String ok;
        private final String missing;
        private final String differs;

        Holder(String key, String title, String ok, String missing, String differs) {
            this.key = key;
            this.title = title;
            this.ok = ok;
            this.missing = missing;
            this.differs = differs;
        }

        String words(String mark) {
            return switch (mark) {
                case "ok" -> ok;
                case "missing" -> missing;
                case "differs" -> differs;
                case "held" -> "a change is held back";
                case "foreign" -> "an entry that is not Berth's is in the way; Berth does not change it";
                case "unknown" -> "could not be read";
                default -> this == GUEST ? "nothing to write; DHCP carries the address" : "does not apply";
            };
        }
    }
}
