package net.berth.cli;

import java.time.Clock;
import net.berth.cli.view.Console;
import net.berth.cli.view.NetworkTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code berth networks}. */
@Command(
        name = "networks",
        description = "Show how full each network is, and with --addresses the owner of each address. Asks the running"
                + " receiver.")
final class NetworksCommand extends SeenCommand {
    @Option(
            names = {"-a", "--addresses"},
            description = "Also list the addresses; neighbouring addresses with one state share a line.")
    private boolean addresses;

    NetworksCommand(Backend backend, Console console, Clock clock) {
        super(backend, console, clock);
    }

    @Override
    public Integer call() {
        show(api(), "/v1/networks", answer -> new NetworkTables(colours()).of(answer, addresses));
        return OK;
    }
}
