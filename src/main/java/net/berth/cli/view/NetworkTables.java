package net.berth.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The answer of {@code GET /v1/networks} as tables. */
public final class NetworkTables {
    private final Colours colours;

    /** For output with or without colours. */
    public NetworkTables(Colours colours) {
        this.colours = colours;
    }

    /** One line per network; with {@code addresses} also a table of addresses per network. */
    public List<String> of(JsonNode answer, boolean addresses) {
        List<JsonNode> networks = JsonValues.list(answer, "items");
        Table table =
                new Table("NETWORK", "BRIDGE", "VLAN", "PREFIX", "GATEWAY", "DHCP", "SIZE", "USED", "EXCLUDED", "FREE");
        for (JsonNode network : networks) {
            table.row(
                    JsonValues.text(network, "name"),
                    JsonValues.text(network, "bridge"),
                    JsonValues.dashed(network, "vlan"),
                    JsonValues.text(network, "prefix"),
                    JsonValues.text(network, "gateway"),
                    JsonValues.dashed(network, "dhcp"),
                    JsonValues.text(network, "size"),
                    JsonValues.text(network, "used"),
                    JsonValues.text(network, "excluded"),
                    JsonValues.text(network, "free"));
        }
        List<String> lines = new ArrayList<>(table.lines(colours));
        if (addresses) {
            for (JsonNode network : networks) {
                lines.add("");
                lines.add(colours.heading(JsonValues.text(network, "name") + " " + JsonValues.text(network, "prefix")));
                lines.addAll(spans(network).lines(colours));
            }
        }
        return lines;
    }

    private static Table spans(JsonNode network) {
        Table table = new Table("FROM", "TO", "STATE", "GUEST", "NIC", "NAME", "NOTE");
        for (JsonNode span : JsonValues.list(network, "addresses")) {
            String from = JsonValues.text(span, "from");
            String to = JsonValues.text(span, "to");
            String guest = JsonValues.text(span, "guest");
            table.row(
                    from,
                    from.equals(to) ? "" : to,
                    JsonValues.text(span, "state"),
                    guest.substring(guest.indexOf('/') + 1),
                    JsonValues.text(span, "nic"),
                    JsonValues.text(span, "name"),
                    JsonValues.text(span, "note"));
        }
        return table;
    }
}
