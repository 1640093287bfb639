package net.berth.cli;

import net.berth.cli.view.Answer;
import net.berth.cli.view.Tables;
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
final class ImportCommand extends BackendCommand.Output {
    @Option(
            names = {"-n", "--dry-run"},
            description = "Only show what would be imported.")
    private boolean dryRun;

    @Override
    public Integer call() {
        Answer answer = api().post("/v1/import?dry-run=" + dryRun);
        print(answer, new Tables(colours()).imported(answer, dryRun));
        boolean left = answer.list("items").stream().anyMatch(item -> !item.is("done"));
        if (!left) {
            return OK;
        }
        return dryRun ? PENDING : FAILURE;
    }
}
