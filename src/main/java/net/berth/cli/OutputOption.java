package net.berth.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code -o}. */
final class OutputOption {
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

    boolean json() {
        return form == Form.json;
    }

    /** Prints what the API answered, or the lines made of it. */
    void print(PrintWriter out, String json, List<String> lines) {
        if (form == Form.json) {
            out.println(Json.escaped(json));
        } else {
            lines.forEach(out::println);
        }
        out.flush();
    }
}
