package net.berth.cli;

import java.time.Clock;
import net.berth.cli.view.AnswerTables;
import net.berth.cli.view.Console;
import picocli.CommandLine.Command;

/** {@code berth leases}. */
@Command(
        name = "leases",
        description = "Show the machines that the router sees: live leases and, from its ARP table, machines without a"
                + " lease; each with its guest, or unknown. Asks the running receiver.")
final class LeasesCommand extends SeenCommand {
    LeasesCommand(Backend backend, Console console, Clock clock) {
        super(backend, console, clock);
    }

    @Override
    public Integer call() {
        show(api(), "/v1/leases", new AnswerTables(colours())::leases);
        return OK;
    }
}
