package net.berth.cli.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Explains in a few lines why a guest has its address, what each system holds, what is held back and what would change.
 *
 * @param now to say how long ago an address was claimed
 */
public record Explanation(Colours colours, Instant now) {
    private static final List<Holder> HOLDERS = List.of(
            new Holder(
                    "ipam",
                    "NIPAP",
                    "its row has the address",
                    "it has no row yet",
                    "its row is out of date and will be updated"),
            new Holder(
                    "dhcp",
                    "DHCP ",
                    "the router maps its MAC to it",
                    "no mapping yet",
                    "the mapping has another address or name; NIPAP wins"),
            new Holder(
                    "dns",
                    "DNS  ",
                    "the router knows the name",
                    "no name yet",
                    "the name has another address; NIPAP wins"),
            new Holder(
                    "guest",
                    "guest",
                    "its config has this address",
                    "its config has no address yet",
                    "its config has another address; NIPAP wins"));

    /** The lines for the answer of {@code GET /v1/guests/{vmid}}. */
    public List<String> of(Answer guest) {
        List<String> lines = new ArrayList<>();
        String name = guest.text("name");
        lines.add((name.isEmpty() ? "" : name + ", ") + guest.text("id") + ", "
                + guest.text("status") + " on " + guest.text("node") + ": "
                + colours.word(guest.text("state")));
        if (guest.text("state").equals("unmanaged")) {
            // Nothing was compared, so the fields of its NICs mean nothing.
            lines.add("  Not managed by Berth: it is a template, or not selected (guests.select).");
            return lines;
        }
        if (!guest.text("failure").isEmpty()) {
            lines.add("  failing: " + guest.text("failure"));
        }
        guest.list("nics").forEach(nic -> lines.addAll(nic(guest.text("id"), nic)));
        for (Answer conflict : guest.list("conflicts")) {
            lines.add("");
            lines.addAll(Tables.conflict("", conflict));
        }
        lines.addAll(changes(guest.list("changes")));
        return lines;
    }

    private List<String> nic(String guestId, Answer nic) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(nic.text("name") + ", " + nic.text("mac") + ": " + where(nic));
        if (nic.text("network").isEmpty()) {
            return lines;
        }
        String origin = nic.text("origin");
        if (!origin.isEmpty()) {
            lines.add("  why this one: " + origin);
        }
        if (!nic.text("address").isEmpty()) {
            lines.add("  claimed "
                    + nic.ago("claimed", now)
                            .map(since -> since + ", for " + guestId + " " + nic.text("name"))
                            .orElse("by an earlier version of Berth, which did not record when"));
        }
        for (Holder holder : HOLDERS) {
            String mark = nic.text(holder.key);
            String note = holder.key.equals("guest") ? nic.text("note") : "";
            String words = note.isEmpty() ? holder.words(mark) : note;
            lines.add("  " + holder.title + "  " + colours.word(String.format("%-7s", mark)) + "  " + words);
        }
        List<String> live = nic.texts("live");
        if (!live.isEmpty()) {
            lines.add("  addresses in use: " + String.join(", ", live) + " (reported by the guest)");
        }
        return lines;
    }

    private static String where(Answer nic) {
        String network = nic.text("network");
        if (network.isEmpty()) {
            return "on no network in the settings: none has its bridge and VLAN";
        }
        String address = nic.text("address");
        if (address.isEmpty()) {
            return "no address yet in network " + network;
        }
        String fqdn = nic.text("fqdn");
        return address + " in network " + network + (fqdn.isEmpty() ? ", without a name" : ", named " + fqdn);
    }

    private static List<String> changes(List<Answer> changes) {
        if (changes.isEmpty()) {
            return List.of("", "Nothing would change.");
        }
        List<String> lines = new ArrayList<>(List.of("", "Would change, in this order:"));
        for (Answer change : changes) {
            lines.add("  " + change.text("nic") + ": " + change.text("action"));
            lines.add("      because " + change.text("reason"));
        }
        return lines;
    }

    /** A system that holds something about a NIC, and the meaning of its state there. */
    private record Holder(String key, String title, String ok, String missing, String differs) {
        String words(String mark) {
            return switch (mark) {
                case "ok" -> ok;
                case "missing" -> missing;
                case "differs" -> differs;
                case "held" -> "a change is held back";
                case "foreign" -> "an entry that is not Berth's is in the way; Berth does not change it";
                case "unknown" -> "could not be read";
                default -> key.equals("guest") ? "nothing to write; DHCP carries the address" : "does not apply";
            };
        }
    }
}
