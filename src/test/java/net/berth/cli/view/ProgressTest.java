package net.berth.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import net.berth.cli.view.Progress.Bar;
import net.berth.engine.report.PassSteps.Part;
import net.berth.setup.ask.Answers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
    private final StringWriter err = new StringWriter();

    private Console console(boolean terminal) {
        PrintWriter writer = new PrintWriter(err);
        return new Console(Answers.none(), writer, writer, false, terminal);
    }

    @Test
    void theMarkWandersToTheEndAndBackWhileNobodyKnowsHowMuchThereIs() {
        assertThat(Progress.line("comparing", Bar.UNKNOWN, 0)).isEqualTo("[=                   ] comparing, 1 s");
        assertThat(Progress.line("comparing", Bar.UNKNOWN, 19)).isEqualTo("[                   =] comparing, 4 s");
        assertThat(Progress.line("comparing", Bar.UNKNOWN, 20)).isEqualTo("[                  = ] comparing, 5 s");
        assertThat(Progress.line("comparing", Bar.UNKNOWN, 38)).startsWith("[=   ");
    }

    @Test
    void theBarGrowsWithWhatIsDoneAndNeverOverItsEnd() {
        assertThat(Progress.line("comparing", Bar.of(Part.READING, 0, 40), 0))
                .isEqualTo("[                    ] reading and comparing guests: 0 of 40, 1 s");
        assertThat(Progress.line("comparing", Bar.of(Part.MENDING, 12, 40), 10))
                .isEqualTo("[======              ] making guests match NIPAP: 12 of 40, 3 s");
        assertThat(Progress.line("comparing", Bar.of(Part.LOOKING, 41, 40), 0))
                .isEqualTo("[====================] checking: 40 of 40, 1 s");
    }

    @Test
    void onATerminalALineIsShownAndTakenAwayAgain() {
        Progress.Steps steps = new Progress.Steps();
        steps.part(Part.READING, 2);
        String done = Progress.during(console(true), "comparing", steps, () -> {
            await().until(() -> err.toString().contains("0 of 2, 1 s"));
            steps.step();
            await().until(() -> err.toString().contains("1 of 2"));
            return "done";
        });
        assertThat(done).isEqualTo("done");
        assertThat(err.toString()).endsWith("\r\033[K").doesNotContainPattern("\033\\[[0-9;]*m");
    }

    @Test
    void elsewhereNothingIsShown() {
        assertThat(Progress.<String>during(console(false), "comparing", () -> Bar.UNKNOWN, () -> "done"))
                .isEqualTo("done");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aLineIsShownOnlyWhereItCanBeTakenAwayAgain(@TempDir Path folder) throws IOException {
        Path terminal = Files.createSymbolicLink(folder.resolve("t"), Path.of("/dev/pts/0"));
        Path file = Files.createSymbolicLink(folder.resolve("f"), Path.of("/tmp/errors"));
        assertThat(Console.shows(true, Map.of("TERM", "xterm"), terminal)).isTrue();
        assertThat(Console.shows(true, Map.of("NO_COLOR", "1"), terminal)).isTrue();
        assertThat(Console.shows(false, Map.of(), terminal)).isFalse();
        assertThat(Console.shows(true, Map.of("TERM", "dumb"), terminal)).isFalse();
        assertThat(Console.shows(true, Map.of(), file)).isFalse();
    }
}
