package net.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import net.berth.cli.api.ApiClient;
import net.berth.cli.view.Console;
import net.berth.cli.view.JsonValues;
import net.berth.cli.view.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code berth import}. */
@Command(
        name = "import",
        description = "Create NIPAP rows for the router's static mappings that belong to no guest (printers, access"
                + " points). The rows are yours from then on: Berth never changes them. Asks the running receiver.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; with --dry-run: nothing to import",
            "1:failure, or an address that got a row meanwhile",
            "2:with --dry-run: there is something to import"
        })
final class ImportCommand extends OutputCommand {
    @Option(
            names = {"-n", "--dry-run"},
            description = "Only show what would be imported.")
    private boolean dryRun;

    ImportCommand(Backend backend, Console console) {
        super(backend, console);
    }

    @Override
    public Integer call() {
        ApiClient.Answer answer = api().post("/v1/import?dry-run=" + dryRun);
        List<JsonNode> items = JsonValues.list(answer.json(), "items");
        print(answer.text(), lines(items));
        boolean left = items.stream().anyMatch(item -> !item.path("done").asBoolean());
        if (!left) {
            return OK;
        }
        return dryRun ? PENDING : FAILURE;
    }

    private List<String> lines(List<JsonNode> items) {
        if (items.isEmpty()) {
            return List.of("Every mapping of the router belongs to a guest or has a row in NIPAP.");
        }
        Table table = new Table("NETWORK", "ADDRESS", "MAC", "NAME", "ROW");
        for (JsonNode item : items) {
            table.row(
                    JsonValues.text(item, "network"),
                    JsonValues.text(item, "address"),
                    JsonValues.text(item, "mac"),
                    JsonValues.text(item, "name"),
                    state(item));
        }
        return table.lines(colours());
    }

    private String state(JsonNode item) {
        if (item.path("done").asBoolean()) {
            return "created";
        }
        return dryRun ? "would be created" : "not created: the address has a row by now";
    }
}
