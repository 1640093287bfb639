package net.berth.cli;

import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code berth guests}. */
@Command(
        name = "guests",
        description = "Show what each system holds for each guest. Asks the running receiver.",
        mixinStandardHelpOptions = true,
        versionProvider = BerthCommand.Version.class,
        exitCodeOnInvalidInput = Exit.FAILURE)
final class GuestsCommand implements Callable<Integer> {
    private final House house;
    private final Console console;
    private final Clock clock;

    @Mixin
    private FreshOption fresh = new FreshOption();

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private OutputOption output = new OutputOption();

    GuestsCommand(House house, Console console, Clock clock) {
        this.house = house;
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        ApiClient.Answer answer = fresh.get(new ApiClient(house.api(config.file())), "/v1/guests");
        Views views = new Views(new Paint(console.colour()));
        output.print(
                console.out(), answer.text(), fresh.dated(views.guests(answer.json()), answer.json(), clock.instant()));
        return Exit.OK;
    }
}
