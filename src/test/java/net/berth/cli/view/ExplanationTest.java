package net.berth.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import net.berth.cli.CliBench;
import net.berth.http.Reports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who claimed an address, and when. */
class ExplanationTest {
    private final CliBench bench = new CliBench();

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-20T18:02:30Z | just now
            2026-11-20T18:04:07Z | 1 minute ago
            2026-11-20T18:58:10Z | 55 minutes ago
            2026-11-20T19:03:07Z | 1 hour ago
            2026-11-21T18:03:06Z | 23 hours ago
            2026-11-21T18:03:07Z | 1 day ago
            2027-11-20T18:03:07Z | 365 days ago
            2026-11-20T17:00:00Z | which is later than this machine's clock
            """)
    void anAddressIsSaidToBeClaimedByWhomAndWhen(String now, String ago) {
        assertThat(told("\"claimed\":\"2026-11-20T18:03:07Z\",", now))
                .contains("  claimed 2026-11-20 18:03 UTC, " + ago + ", for home/qemu/101 net0");
    }

    @Test
    void aRowOfAnEarlierVersionIsSaidNotToHaveRecordedIt() {
        assertThat(told("", "2026-11-20T18:02:30Z"))
                .contains("  claimed by an earlier version of Berth, which did not record when");
    }

    @Test
    void theCommandTellsIt() {
        bench.started().berth().guests.add(Reports.claimed());
        assertThat(bench.run("explain", "106").out())
                .contains("\n  why this one: the lowest free address\n")
                .containsPattern("\n  claimed 2026-11-20 18:03 UTC, [^,\n]+, for home/qemu/106 net0\n");
        assertThat(bench.run("explain", "106", "-o", "json").out()).contains("2026-11-20T18:03:07Z");
    }

    private static List<String> told(String claimed, String now) {
        String guest = "{\"id\":\"home/qemu/101\",\"name\":\"web\",\"status\":\"running\",\"node\":\"pve1\","
                + "\"state\":\"settled\",\"conflicts\":[],\"nics\":[{\"name\":\"net0\",\"network\":\"lan\"," + claimed
                + "\"address\":\"192.168.1.20/24\"}]}";
        return new Explanation(new Colours(false), Instant.parse(now))
                .of(Answer.read(guest).orElseThrow());
    }
}
