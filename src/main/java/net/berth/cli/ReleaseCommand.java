package net.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.berth.cli.api.ApiClient;
import net.berth.cli.api.GuestNumber;
import net.berth.cli.view.AnswerTables;
import net.berth.cli.view.Console;
import net.berth.cli.view.JsonValues;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code berth release}. */
@Command(
        name = "release",
        description = "Release guests: their names and mappings are deleted from the router, their addresses stay"
                + " reserved in NIPAP for release-after. A guest that still exists is not managed again until its next"
                + " start. Asks the running receiver.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done; with --dry-run: nothing to do", "1:failure", "2:with --dry-run: changes are pending"})
final class ReleaseCommand extends OutputCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "GUEST", description = "VMIDs or names.")
    private List<String> guests = new ArrayList<>();

    @Option(names = "--all", description = "All guests of the cluster, instead of GUEST.")
    private boolean all;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only show what would be done.")
    private boolean dryRun;

    ReleaseCommand(Backend backend, Console console) {
        super(backend, console);
    }

    @Override
    public Integer call() {
        if (all == !guests.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "name the guests, or give --all");
        }
        ApiClient api = api();
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (String path : paths(api)) {
            JsonNode answer = api.post(path + "/release?dry-run=" + dryRun).json();
            JsonValues.list(answer, "items").forEach(items::add);
        }
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        changes.set("items", items);
        print(changes.toString(), new AnswerTables(colours()).plan(changes));
        return dryRun && !items.isEmpty() ? PENDING : OK;
    }

    private List<String> paths(ApiClient api) {
        return all
                ? List.of("/v1")
                : guests.stream()
                        .map(guest -> "/v1/guests/" + GuestNumber.of(guest, api))
                        .toList();
    }
}
