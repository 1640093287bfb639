package net.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import net.berth.cli.view.Answer;
import net.berth.http.Reports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How old an answer is, and that --fresh lets the receiver read first. */
class SeenCommandTest {
    private final CliBench bench = new CliBench().started();

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource({"guests, overview", "explain 101, guest 101", "networks, networks", "leases, leases"})
    void theReceiverReadsFirstOnlyWhenAskedTo(String line, String asked) {
        bench.berth.guests.add(Reports.settled());
        bench.berth.networks.add(Reports.network("lan", Reports.READ));
        String lastSeen = bench.run(line.split(" ", -1)).out();
        String fresh = bench.run((line + " --fresh").split(" ", -1)).out();
        assertThat(bench.berth.asked).containsExactly(asked, asked + " fresh");
        assertThat(lastSeen.lines().toList().getLast())
                .startsWith("As of 2026-11-20 10:00 UTC, ")
                .endsWith("; --fresh reads the systems first.");
        assertThat(fresh.lines().toList().getLast())
                .startsWith("As of 2026-11-20 10:00 UTC, ")
                .endsWith(".")
                .doesNotContain("--fresh");
    }

    @Test
    void aNameIsLookedUpWithoutReadingTheSystems() {
        bench.berth.guests.add(Reports.settled());
        assertThat(bench.run("explain", "web", "--fresh").exit()).isZero();
        assertThat(bench.run("sync", "web").exit()).isZero();
        assertThat(bench.run("release", "web").exit()).isZero();
        assertThat(bench.berth.asked)
                .containsExactly(
                        "overview", "guest 101 fresh", "overview", "sync 101 real", "overview", "release [101] real");
    }

    @Test
    void theDocumentItselfSaysHowOldItIs() {
        bench.berth.guests.add(Reports.settled());
        assertThat(bench.run("explain", "101", "-o", "json").out())
                .endsWith("\"asOf\":\"2026-11-20T10:00:00Z\"}\n")
                .doesNotContain("As of");
    }

    @Test
    void theAgeIsSaidInWordsAndLeftOutWhereItIsNotKnown() {
        Instant now = Instant.parse("2026-11-20T10:12:00Z");
        assertThat(SeenCommand.dated(List.of("a table"), answer("{\"asOf\":\"2026-11-20T10:00:00Z\"}"), now, false))
                .containsExactly(
                        "a table", "", "As of 2026-11-20 10:00 UTC, 12 minutes ago; --fresh reads the systems first.");
        assertThat(SeenCommand.dated(List.of("a table"), answer("{\"items\":[]}"), now, false))
                .containsExactly("a table");
    }

    private static Answer answer(String text) {
        return Answer.read(text).orElseThrow();
    }
}
