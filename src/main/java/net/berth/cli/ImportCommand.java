package net.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code berth import}. */
@Command(
        name = "import",
        description = "Take the router's static mappings that belong to no guest (printers, access points) into NIPAP."
                + " Their rows are yours from then on: Berth never changes them. Asks the running receiver.",
        mixinStandardHelpOptions = true,
        versionProvider = BerthCommand.Version.class,
        exitCodeOnInvalidInput = Exit.FAILURE,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; with --dry-run: nothing to import",
            "1:failure, or an address that somebody took meanwhile",
            "2:with --dry-run: there is something to import"
        })
final class ImportCommand implements Callable<Integer> {
    private final House house;
    private final Console console;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only show what would be imported.")
    private boolean dryRun;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private OutputOption output = new OutputOption();

    ImportCommand(House house, Console console) {
        this.house = house;
        this.console = console;
    }

    @Override
    public Integer call() {
        ApiClient.Answer answer = new ApiClient(house.api(config.file())).post("/v1/import?dry-run=" + dryRun);
        List<JsonNode> items = Json.list(answer.json(), "items");
        output.print(console.out(), answer.text(), lines(items));
        boolean left = items.stream().anyMatch(item -> !item.path("done").asBoolean());
        if (!left) {
            return Exit.OK;
        }
        return dryRun ? Exit.PENDING : Exit.FAILURE;
    }

    private List<String> lines(List<JsonNode> items) {
        if (items.isEmpty()) {
            return List.of("Every mapping of the router belongs to a guest or has a row in NIPAP.");
        }
        Table table = new Table("NETWORK", "ADDRESS", "MAC", "NAME", "ROW");
        for (JsonNode item : items) {
            table.row(
                    Json.text(item, "network"),
                    Json.text(item, "address"),
                    Json.text(item, "mac"),
                    Json.text(item, "name"),
                    state(item));
        }
        return new ArrayList<>(table.lines(new Paint(console.colour())));
    }

    private String state(JsonNode item) {
        if (item.path("done").asBoolean()) {
            return "made";
        }
        return dryRun ? "would be made" : "not made: the address has a row by now";
    }
}
