package net.berth.cli;

import java.time.Clock;
import net.berth.cli.api.ApiClient;
import net.berth.cli.api.GuestNumber;
import net.berth.cli.view.Console;
import net.berth.cli.view.Explanation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code berth explain}. */
@Command(
        name = "explain",
        description = "Explain why a guest has its address, what each system holds, what is held back and what would"
                + " change. Asks the running receiver.")
final class ExplainCommand extends SeenCommand {
    @Parameters(paramLabel = "GUEST", description = "VMID or name of the guest.")
    private String guest = "";

    ExplainCommand(Backend backend, Console console, Clock clock) {
        super(backend, console, clock);
    }

    @Override
    public Integer call() {
        ApiClient api = api();
        String path = "/v1/guests/" + GuestNumber.of(guest, api);
        show(api, path, answer -> new Explanation(colours(), clock.instant()).of(answer));
        return OK;
    }
}
