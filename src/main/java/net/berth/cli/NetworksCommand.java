package net.berth.cli;

import net.berth.cli.api.ApiClient;
import net.berth.cli.view.Console;
import net.berth.cli.view.NetworkTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code berth networks}. */
@Command(
        name = "networks",
        description = "Show how full each network is, and with --addresses the owner of each address. Asks the running"
                + " receiver.")
final class NetworksCommand extends OutputCommand {
    @Option(
            names = {"-a", "--addresses"},
            description = "Also list the addresses; neighbouring addresses with one state share a line.")
    private boolean addresses;

    NetworksCommand(Backend backend, Console console) {
        super(backend, console);
    }

    @Override
    public Integer call() {
        ApiClient.Answer answer = api().get("/v1/networks");
        print(answer.text(), new NetworkTables(colours()).of(answer.json(), addresses));
        return OK;
    }
}
