package net.berth.cli;

import net.berth.cli.api.ApiClient;
import net.berth.cli.view.AnswerTables;
import net.berth.cli.view.Console;
import picocli.CommandLine.Command;

/** {@code berth leases}. */
@Command(
        name = "leases",
        description = "Show the machines that the router sees: live leases and, from its ARP table, machines without a"
                + " lease; each with its guest, or unknown. Asks the running receiver.")
final class LeasesCommand extends OutputCommand {
    LeasesCommand(Backend backend, Console console) {
        super(backend, console);
    }

    @Override
    public Integer call() {
        ApiClient.Answer answer = api().get("/v1/leases");
        print(answer.text(), new AnswerTables(colours()).leases(answer.json()));
        return OK;
    }
}
