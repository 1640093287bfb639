package net.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code berth release}. */
@Command(
        name = "release",
        description =
                "Let go of guests: their names and mappings leave the router, their addresses rest in NIPAP. A guest"
                        + " that is still there is left alone until its next start. Asks the running receiver.",
        mixinStandardHelpOptions = true,
        versionProvider = BerthCommand.Version.class,
        exitCodeOnInvalidInput = Exit.FAILURE,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done; with --dry-run: nothing to do", "1:failure", "2:with --dry-run: changes are pending"})
final class ReleaseCommand implements Callable<Integer> {
    private final House house;
    private final Console console;

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

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private OutputOption output = new OutputOption();

    ReleaseCommand(House house, Console console) {
        this.house = house;
        this.console = console;
    }

    @Override
    public Integer call() {
        if (all == !guests.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "say which: GUEST..., or --all");
        }
        ApiClient api = new ApiClient(house.api(config.file()));
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (String path : paths(api)) {
            JsonNode answer = api.post(path + "/release?dry-run=" + dryRun).json();
            Json.list(answer, "items").forEach(items::add);
        }
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        changes.set("items", items);
        output.print(console.out(), changes.toString(), new Views(new Paint(console.colour())).plan(changes));
        return dryRun && !items.isEmpty() ? Exit.PENDING : Exit.OK;
    }

    private List<String> paths(ApiClient api) {
        return all
                ? List.of("/v1")
                : guests.stream()
                        .map(guest -> "/v1/guests/" + GuestNumber.of(guest, api))
                        .toList();
    }
}
