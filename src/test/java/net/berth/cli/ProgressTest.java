package net.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import net.berth.engine.report.Health;
import net.berth.engine.report.PassSteps.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ProgressTest {
    private final StringWriter err = new StringWriter();

    private Console console(boolean terminal) {
        PrintWriter writer = new PrintWriter(err);
        return new Console(new BufferedReader(Reader.nullReader()), writer, writer, false, terminal);
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
                .isEqualTo("[======              ] bringing guests to what NIPAP says: 12 of 40, 3 s");
        assertThat(Progress.line("comparing", Bar.of(Part.LOOKING, 41, 40), 0))
                .isEqualTo("[====================] looking: 40 of 40, 1 s");
    }

    @Test
    void onATerminalALineIsShownAndTakenAwayAgain() {
        CountedSteps steps = new CountedSteps();
        steps.part(Part.READING, 2);
        String done = Progress.during(console(true), new OutputOption(), "comparing", steps, () -> {
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
        assertThat(Progress.<String>during(
                        console(false), new OutputOption(), "comparing", () -> Bar.UNKNOWN, () -> "done"))
                .isEqualTo("done");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whoWantsJsonIsShownNothing() {
        OutputOption json = new OutputOption();
        new CommandLine(CommandSpec.create().addMixin("output", CommandSpec.forAnnotatedObject(json)))
                .parseArgs("-o", "json");
        AtomicBoolean asked = new AtomicBoolean();
        Supplier<Bar> bar = () -> {
            asked.set(true);
            return Bar.UNKNOWN;
        };
        String done = Progress.during(console(true), json, "comparing", bar, () -> {
            await().during(Duration.ofMillis(1500))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !asked.get());
            return "done";
        });
        assertThat(done).isEqualTo("done");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aReceiversNewestPassIsFollowedByItsHealth() {
        try (CliBench bench = new CliBench().started();
                PassFollower pass = new PassFollower(bench.api(Path.of("berth.yaml")))) {
            bench.berth.feels(new Health(
                    List.of(),
                    Instant.EPOCH,
                    List.of(new Health.PassHealth(Part.READING, 3, 9), new Health.PassHealth(Part.MENDING, 1, 4)),
                    List.of()));
            await().until(() -> pass.get().equals(Bar.of(Part.MENDING, 1, 4)));
            bench.berth.feels(new Health(List.of(), Instant.EPOCH));
            await().until(() -> !pass.get().known());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{\"passes\":[]}",
                "{\"passes\":[{\"part\":\"dancing\",\"done\":1,\"total\":2}]}",
                "{\"passes\":[{\"part\":\"reading\",\"done\":1}]}",
                "{\"passes\":[{\"part\":\"reading\",\"done\":-1,\"total\":-2}]}"
            })
    void whatTellsNothingLeavesTheMark(String health) {
        assertThat(PassFollower.read(health).known()).isFalse();
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
