package net.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.berth.cli.api.ApiClient;
import net.berth.cli.view.Answer;
import net.berth.cli.view.Tables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code berth release}. */
@Command(
        name = "release",
        description = "Release guests: their names and mappings are deleted from the router, their addresses stay"
                + " reserved in NIPAP for release-after. A guest that still exists is not managed again until its next"
                + " start. Asks the running receiver.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done; with --dry-run: nothing to do", "1:failure", "2:with --dry-run: changes are pending"})
final class ReleaseCommand extends BackendCommand.Output {
    @Parameters(arity = "0..*", paramLabel = "GUEST", description = "VMIDs or names.")
    private List<String> guests = new ArrayList<>();

    @Option(names = "--all", description = "All guests of the cluster, instead of GUEST.")
    private boolean all;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Only show what would be done.")
    private boolean dryRun;

    @Override
    public Integer call() {
        if (all == !guests.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "name the guests, or give --all");
        }
        ApiClient api = api();
        List<JsonNode> items = new ArrayList<>();
        for (String path : paths(api)) {
            Answer answer = api.post(path + "/release?dry-run=" + dryRun);
            answer.list("items").forEach(item -> items.add(item.json()));
        }
        Answer changes = Answer.of(Map.of("items", items));
        print(changes, new Tables(colours()).plan(changes));
        return dryRun && !items.isEmpty() ? PENDING : OK;
    }

    private List<String> paths(ApiClient api) {
        return all
                ? List.of("/v1")
                : guests.stream().map(guest -> "/v1/guests/" + api.vmid(guest)).toList();
    }
}
