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
final class ExplainCommand extends OutputCommand {
    private final Clock clock;

    @Parameters(paramLabel = "GUEST", description = "VMID or name of the guest.")
    private String guest = "";

    ExplainCommand(Backend backend, Console console, Clock clock) {
        super(backend, console);
        this.clock = clock;
    }

    @Override
    public Integer call() {
        ApiClient api = api();
        ApiClient.Answer answer = api.get("/v1/guests/" + GuestNumber.of(guest, api));
        print(answer.text(), new Explanation(colours(), clock.instant()).of(answer.json()));
        return OK;
    }
}
