package net.berth.cli;

import net.berth.cli.api.ApiClient;
import net.berth.cli.view.AnswerTables;
import net.berth.cli.view.Console;
import picocli.CommandLine.Command;

/** {@code berth guests}. */
@Command(name = "guests", description = "Show what each system holds for each guest. Asks the running receiver.")
final class GuestsCommand extends OutputCommand {
    GuestsCommand(Backend backend, Console console) {
        super(backend, console);
    }

    @Override
    public Integer call() {
        ApiClient.Answer answer = api().get("/v1/guests");
        print(answer.text(), new AnswerTables(colours()).guests(answer.json()));
        return OK;
    }
}
