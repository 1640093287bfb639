package net.berth.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import net.berth.cli.api.ApiClient;
import net.berth.cli.view.Colours;
import net.berth.cli.view.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What all commands have: help, exit codes, {@code --config}, and where they print. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = BerthCommand.Version.class,
        exitCodeOnInvalidInput = BackendCommand.FAILURE)
abstract class BackendCommand implements Callable<Integer> {
    /** Done; for a plan: nothing to do. */
    static final int OK = 0;
    /** A failure, a wrong usage, or an incomplete result. */
    static final int FAILURE = 1;
    /** A plan with changes. */
    static final int PENDING = 2;

    final Backend backend;
    final Console console;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The settings file (default: ${DEFAULT-VALUE}).",
            defaultValue = "/etc/berth/berth.yaml")
    private Path config = Path.of("/etc/berth/berth.yaml");

    BackendCommand(Backend backend, Console console) {
        this.backend = backend;
        this.console = console;
    }

    Path config() {
        return config;
    }

    ApiClient api() {
        return new ApiClient(backend.api(config));
    }

    Colours colours() {
        return new Colours(console.colour());
    }
}
