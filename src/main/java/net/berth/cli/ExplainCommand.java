package net.berth.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code berth explain}. */
@Command(
        name = "explain",
        description = "Tell why a guest has its address, what each system holds, what is held back and what would"
                + " change. Asks the running receiver.",
        mixinStandardHelpOptions = true,
        versionProvider = BerthCommand.Version.class,
        exitCodeOnInvalidInput = Exit.FAILURE)
final class ExplainCommand implements Callable<Integer> {
    private final House house;
    private final Console console;
    private final Clock clock;

    @Parameters(paramLabel = "GUEST", description = "VMID or name of the guest.")
    private String guest = "";

    @Mixin
    private FreshOption fresh = new FreshOption();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private OutputOption output = new OutputOption();

    ExplainCommand(House house, Console console, Clock clock) {
        this.house = house;
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        ApiClient api = new ApiClient(house.api(config.file()));
        ApiClient.Answer answer = fresh.get(api, "/v1/guests/" + GuestNumber.of(guest, api));
        Instant now = clock.instant();
        List<String> lines = new Explanation(new Paint(console.colour()), now).of(answer.json());
        output.print(console.out(), answer.text(), fresh.dated(lines, answer.json(), now));
        return Exit.OK;
    }
}
