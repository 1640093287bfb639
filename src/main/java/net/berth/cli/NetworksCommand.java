package net.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code berth networks}. */
@Command(
        name = "networks",
        description = "Show how full each network is, and with --addresses who has which address. Asks the running"
                + " receiver.",
        mixinStandardHelpOptions = true,
        versionProvider = BerthCommand.Version.class,
        exitCodeOnInvalidInput = Exit.FAILURE)
final class NetworksCommand implements Callable<Integer> {
    private final House house;
    private final Console console;
    private final Clock clock;

    @Option(
            names = {"-a", "--addresses"},
            description = "Also list the addresses, those next to each other with one state on one line.")
    private boolean addresses;

    @Mixin
    private FreshOption fresh = new FreshOption();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private OutputOption output = new OutputOption();

    NetworksCommand(House house, Console console, Clock clock) {
        this.house = house;
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        ApiClient.Answer answer = fresh.get(new ApiClient(house.api(config.file())), "/v1/networks");
        List<String> lines = lines(Json.list(answer.json(), "items"));
        output.print(console.out(), answer.text(), fresh.dated(lines, answer.json(), clock.instant()));
        return Exit.OK;
    }

    private List<String> lines(List<JsonNode> networks) {
        Paint paint = new Paint(console.colour());
        Table table =
                new Table("NETWORK", "BRIDGE", "VLAN", "PREFIX", "GATEWAY", "DHCP", "SIZE", "USED", "EXCLUDED", "FREE");
        for (JsonNode network : networks) {
            table.row(
                    Json.text(network, "name"),
                    Json.text(network, "bridge"),
                    dash(Json.text(network, "vlan")),
                    Json.text(network, "prefix"),
                    Json.text(network, "gateway"),
                    dash(Json.text(network, "dhcp")),
                    Json.text(network, "size"),
                    Json.text(network, "used"),
                    Json.text(network, "excluded"),
                    Json.text(network, "free"));
        }
        List<String> lines = new ArrayList<>(table.lines(paint));
        if (addresses) {
            for (JsonNode network : networks) {
                lines.add("");
                lines.add(paint.heading(Json.text(network, "name") + " " + Json.text(network, "prefix")));
                lines.addAll(spans(network).lines(paint));
            }
        }
        return lines;
    }

    private static Table spans(JsonNode network) {
        Table table = new Table("FROM", "TO", "STATE", "GUEST", "NIC", "NAME", "NOTE");
        for (JsonNode span : Json.list(network, "addresses")) {
            String from = Json.text(span, "from");
            String to = Json.text(span, "to");
            String guest = Json.text(span, "guest");
            table.row(
                    from,
                    from.equals(to) ? "" : to,
                    Json.text(span, "state"),
                    guest.substring(guest.indexOf('/') + 1),
                    Json.text(span, "nic"),
                    Json.text(span, "name"),
                    Json.text(span, "note"));
        }
        return table;
    }

    private static String dash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
