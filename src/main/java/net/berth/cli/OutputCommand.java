package net.berth.cli;

import java.util.List;
import java.util.function.Supplier;
import net.berth.cli.view.Console;
import net.berth.cli.view.JsonValues;
import net.berth.cli.view.Progress;
import picocli.CommandLine.Option;

/** A command that prints a table or JSON. */
abstract class OutputCommand extends BackendCommand {
    /** The forms. */
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

    OutputCommand(Backend backend, Console console) {
        super(backend, console);
    }

    boolean json() {
        return form == Form.json;
    }

    /** Prints the API's answer, or the lines made of it. */
    void print(String json, List<String> lines) {
        if (json()) {
            console.out().println(JsonValues.escaped(json));
        } else {
            lines.forEach(console.out()::println);
        }
        console.out().flush();
    }

    /** Does the work; at a terminal, and unless JSON is wanted, a line shows its progress meanwhile. */
    <T> T showing(String what, Supplier<Progress.Bar> bar, Supplier<T> work) {
        return json() ? work.get() : Progress.during(console, what, bar, work);
    }
}
