package net.berth.cli;

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

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private OutputOption output = new OutputOption();

    GuestsCommand(House house, Console console) {
        this.house = house;
        this.console = console;
    }

    @Override
    public Integer call() {
        ApiClient.Answer answer = new ApiClient(house.api(config.file())).get("/v1/guests");
        output.print(console.out(), answer.text(), new Views(new Paint(console.colour())).guests(answer.json()));
        return Exit.OK;
    }
}
