package net.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code berth leases}. */
@Command(
        name = "leases",
        description =
                "Show the machines that the router sees: live leases and, from its ARP table, machines without one;"
                        + " whose they are, or unknown. Asks the running receiver.",
        mixinStandardHelpOptions = true,
        versionProvider = BerthCommand.Version.class,
        exitCodeOnInvalidInput = Exit.FAILURE)
final class LeasesCommand implements Callable<Integer> {
    private final House house;
    private final Console console;
    private final Clock clock;

    @Mixin
    private FreshOption fresh = new FreshOption();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private OutputOption output = new OutputOption();

    LeasesCommand(House house, Console console, Clock clock) {
        this.house = house;
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        ApiClient.Answer answer = fresh.get(new ApiClient(house.api(config.file())), "/v1/leases");
        output.print(console.out(), answer.text(), fresh.dated(lines(answer.json()), answer.json(), clock.instant()));
        return Exit.OK;
    }

    private List<String> lines(JsonNode answer) {
        List<JsonNode> leases = Json.list(answer, "items");
        if (leases.isEmpty()) {
            return List.of("No leases.");
        }
        Table table = new Table("ADDRESS", "MAC", "LEFT", "NETWORK", "CLIENT", "GUEST", "NIC", "NOTE");
        for (JsonNode lease : leases) {
            String guest = Json.text(lease, "guest");
            String name = Json.text(lease, "name");
            table.row(
                    Json.text(lease, "address"),
                    Json.text(lease, "mac"),
                    left(lease),
                    dash(Json.text(lease, "network")),
                    dash(Json.text(lease, "client")),
                    name.isEmpty() ? guest : name + " (" + guest.substring(guest.lastIndexOf('/') + 1) + ")",
                    dash(Json.text(lease, "nic")),
                    Json.text(lease, "note"));
        }
        return new ArrayList<>(table.lines(new Paint(console.colour())));
    }

    private static String left(JsonNode lease) {
        String seconds = Json.text(lease, "secondsLeft");
        if (seconds.isEmpty()) {
            return Json.text(lease, "source").equals("arp") ? "no lease" : "?";
        }
        long minutes = Long.parseLong(seconds) / 60;
        return minutes < 1 ? seconds + "s" : minutes < 60 ? minutes + "m" : minutes / 60 + "h" + minutes % 60 + "m";
    }

    private static String dash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
