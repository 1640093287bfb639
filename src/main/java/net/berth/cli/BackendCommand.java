package net.berth.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import net.berth.cli.api.ApiClient;
import net.berth.cli.view.Answer;
import net.berth.cli.view.Colours;
import net.berth.cli.view.Console;
import net.berth.cli.view.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands have: help, exit codes, {@code --config}, and where they print. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Cli.Version.class,
        exitCodeOnInvalidInput = BackendCommand.FAILURE)
abstract class BackendCommand implements Callable<Integer> {
    /** The settings file when none is named. */
    static final Path DEFAULT = Path.of("/etc/berth/berth.yaml");

    /** Done; for a plan: nothing to do. */
    static final int OK = 0;
    /** A failure, a wrong usage, or an incomplete result. */
    static final int FAILURE = 1;
    /** A plan with changes. */
    static final int PENDING = 2;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The settings file (default: ${DEFAULT-VALUE}).",
            defaultValue = "/etc/berth/berth.yaml")
    private Path config = DEFAULT;

    private Cli cli() {
        return (Cli) spec.root().userObject();
    }

    Backend backend() {
        return cli().backend;
    }

    Console console() {
        return cli().console;
    }

    Path config() {
        return config;
    }

    ApiClient api() {
        return new ApiClient(backend().api(config));
    }

    Colours colours() {
        return new Colours(console().colour());
    }

    /** A command that prints a table or JSON. */
    abstract static class Output extends BackendCommand {
        enum Form {
            table,
            json
        }

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FORM",
                description = "${COMPLETION-CANDIDATES}; json is what the API answers (default: ${DEFAULT-VALUE}).",
                defaultValue = "table")
        private Form form = Form.table;

        boolean json() {
            return form == Form.json;
        }

        /** Prints the API's answer, or the lines made of it. */
        void print(Answer answer, List<String> lines) {
            if (json()) {
                console().out().println(Answer.escaped(answer.json().toString()));
            } else {
                lines.forEach(console().out()::println);
            }
            console().out().flush();
        }

        /** Does the work; at a terminal, and unless JSON is wanted, a line shows its progress meanwhile. */
        <T> T showing(String what, Supplier<Progress.Bar> bar, Supplier<T> work) {
            return json() ? work.get() : Progress.during(console(), what, bar, work);
        }
    }
}
