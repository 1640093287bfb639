package net.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter err = new StringWriter();

    private Console console(boolean terminal) {
        PrintWriter writer = new PrintWriter(err);
        return new Console(new BufferedReader(Reader.nullReader()), writer, writer, false, terminal);
    }

    @Test
    void theMarkWandersToTheEndAndBack() {
        assertThat(Progress.line("comparing", 0)).isEqualTo("[=                   ] comparing, 1 s");
        assertThat(Progress.line("comparing", 19)).isEqualTo("[                   =] comparing, 4 s");
        assertThat(Progress.line("comparing", 20)).isEqualTo("[                  = ] comparing, 5 s");
        assertThat(Progress.line("comparing", 38)).startsWith("[=   ");
    }

    @Test
    void onATerminalALineIsShownAndTakenAwayAgain() {
        String done = Progress.during(console(true), "comparing", () -> {
            await().until(() -> err.toString().contains("comparing, 1 s"));
            return "done";
        });
        assertThat(done).isEqualTo("done");
        assertThat(err.toString()).endsWith("\r\033[K");
    }

    @Test
    void elsewhereNothingIsShown() {
        assertThat(Progress.<String>during(console(false), "comparing", () -> "done"))
                .isEqualTo("done");
        assertThat(err.toString()).isEmpty();
    }
}
