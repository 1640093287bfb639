package net.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --fresh}, and the line that says how old an answer is. */
final class FreshOption {
    @Option(
            names = "--fresh",
            description =
                    "Read Proxmox, NIPAP and the router first. Without it, what the receiver last saw is shown; the"
                            + " last line says when that was.")
    private boolean fresh;

    /** Gets a document of the API. */
    ApiClient.Answer get(ApiClient api, String path) {
        return fresh ? api.getFresh(path) : api.get(path);
    }

    /** The lines, and when the systems were read for them. A receiver of version 0.1.0 does not say that. */
    List<String> dated(List<String> lines, JsonNode answer, Instant now) {
        List<String> dated = new ArrayList<>(lines);
        Since.of(Json.text(answer, "asOf"), now).ifPresent(since -> {
            dated.add("");
            dated.add("As of " + since + (fresh ? "." : "; --fresh reads the systems first."));
        });
        return dated;
    }
}
