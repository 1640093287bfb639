package net.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tells in a few lines why a guest has its address, what each system holds, what is held back and what would change. */
final class Explanation {
    private final Paint paint;
    private final Instant now;

    Explanation(Paint paint, Instant now) {
        this.paint = paint;
        this.now = now;
    }

    List<String> of(JsonNode guest) {
        List<String> lines = new ArrayList<>();
        String name = Json.text(guest, "name");
        lines.add((name.isEmpty() ? "" : name + ", ") + Json.text(guest, "id") + ", " + Json.text(guest, "status")
                + " on " + Json.text(guest, "node") + ": " + paint.word(Json.text(guest, "state")));
        if (Json.text(guest, "state").equals("unmanaged")) {
            // Nothing was compared: what stands in its NICs' fields would tell nothing.
            lines.add("  Berth does not look after it: it is a template, or not selected (guests.select).");
            return lines;
        }
        if (!Json.text(guest, "failure").isEmpty()) {
            lines.add("  Berth cannot go on: " + Json.text(guest, "failure"));
        }
        Json.list(guest, "nics").forEach(nic -> lines.addAll(nic(Json.text(guest, "id"), nic)));
        for (JsonNode conflict : Json.list(guest, "conflicts")) {
            lines.add("");
            lines.addAll(Views.conflict("", conflict));
        }
        lines.addAll(changes(Json.list(guest, "changes")));
        return lines;
    }

    private List<String> nic(String guestId, JsonNode nic) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(Json.text(nic, "name") + ", " + Json.text(nic, "mac") + ": " + where(nic));
        if (Json.text(nic, "network").isEmpty()) {
            return lines;
        }
        String origin = Json.text(nic, "origin");
        if (!origin.isEmpty()) {
            lines.add("  why this one: " + origin);
        }
        if (!Json.text(nic, "address").isEmpty()) {
            lines.add("  claimed "
                    + Since.of(Json.text(nic, "claimed"), now)
                            .map(since -> since + ", for " + guestId + " " + Json.text(nic, "name"))
                            .orElse("by an earlier version of Berth, which did not record when"));
        }
        for (Holder holder : Holder.values()) {
            String mark = Json.text(nic, holder.key);
            boolean guest = holder == Holder.GUEST;
            String note = guest ? Json.text(nic, "note") : "";
            String words = note.isEmpty() ? holder.words(mark) : note;
            lines.add("  " + holder.title + "  " + paint.word(String.format("%-7s", mark)) + "  " + words);
        }
        List<String> live = Json.texts(nic, "live");
        if (!live.isEmpty()) {
            lines.add("  it really has " + String.join(", ", live) + ", as the guest says itself");
        }
        return lines;
    }

    private static String where(JsonNode nic) {
        String network = Json.text(nic, "network");
        if (network.isEmpty()) {
            return "on no network of Berth's: none in the settings has its bridge and VLAN";
        }
        String address = Json.text(nic, "address");
        if (address.isEmpty()) {
            return "no address yet in network " + network;
        }
        String fqdn = Json.text(nic, "fqdn");
        return address + " in network " + network + (fqdn.isEmpty() ? ", without a name" : ", named " + fqdn);
    }

    private static List<String> changes(List<JsonNode> changes) {
        if (changes.isEmpty()) {
            return List.of("", "Nothing would change.");
        }
        List<String> lines = new ArrayList<>(List.of("", "Would change, in this order:"));
        for (JsonNode change : changes) {
            lines.add("  " + Json.text(change, "nic") + ": " + Json.text(change, "action"));
            lines.add("      because " + Json.text(change, "reason"));
        }
        return lines;
    }

    /** Who holds something about a NIC, and what its state means there. */
    private enum Holder {
        IPAM(
                "ipam",
                "NIPAP",
                "its row gives it the address",
                "it has no row yet",
                "its row is to be brought up to date"),
        DHCP(
                "dhcp",
                "DHCP ",
                "the router maps its MAC to it",
                "no mapping yet",
                "the mapping says otherwise; NIPAP wins"),
        DNS("dns", "DNS  ", "the router knows the name", "no name yet", "the name leads elsewhere; NIPAP wins"),
        GUEST(
                "guest",
                "guest",
                "its config says the same",
                "its config says none yet",
                "its config says otherwise; NIPAP wins");

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
                case "foreign" -> "an entry that is not Berth's stands there; it is left alone";
                case "unknown" -> "could not be read";
                default -> this == GUEST ? "nothing to write; DHCP carries the address" : "nothing is kept there";
            };
        }
    }
}
