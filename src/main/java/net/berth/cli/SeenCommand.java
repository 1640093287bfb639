package net.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.berth.cli.api.ApiClient;
import net.berth.cli.view.Console;
import net.berth.cli.view.JsonValues;
import net.berth.cli.view.TimeAgo;
import picocli.CommandLine.Option;

/** A command that shows what the receiver has last seen, with its time; {@code --fresh} reads the systems first. */
abstract class SeenCommand extends OutputCommand {
    final Clock clock;

    @Option(
            names = "--fresh",
            description =
                    "Read Proxmox, NIPAP and the router first. Without it, what the receiver last saw is shown; the"
                            + " last line says when that was.")
    private boolean fresh;

    SeenCommand(Backend backend, Console console, Clock clock) {
        super(backend, console);
        this.clock = clock;
    }

    /** Prints an answer of the API, and when the systems were read for it. */
    void show(ApiClient api, String path, Function<JsonNode, List<String>> table) {
        ApiClient.Answer answer = fresh ? api.getFresh(path) : api.get(path);
        print(answer.text(), dated(table.apply(answer.json()), answer.json(), clock.instant(), fresh));
    }

    /** The lines with the time of the answer; a receiver of 0.1.0 does not send it. */
    static List<String> dated(List<String> lines, JsonNode answer, Instant now, boolean fresh) {
        List<String> dated = new ArrayList<>(lines);
        TimeAgo.of(JsonValues.text(answer, "asOf"), now).ifPresent(ago -> {
            dated.add("");
            dated.add("As of " + ago + (fresh ? "." : "; --fresh reads the systems first."));
        });
        return dated;
    }
}
