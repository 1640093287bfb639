package net.berth.cli;

import java.time.Clock;
import net.berth.cli.view.AnswerTables;
import net.berth.cli.view.Console;
import picocli.CommandLine.Command;

/** {@code berth guests}. */
@Command(name = "guests", description = "Show what each system holds for each guest. Asks the running receiver.")
final class GuestsCommand extends SeenCommand {
    GuestsCommand(Backend backend, Console console, Clock clock) {
        super(backend, console, clock);
    }

    @Override
    public Integer call() {
        show(api(), "/v1/guests", new AnswerTables(colours())::guests);
        return OK;
    }
}
