package net.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.report.GuestReport;
import net.berth.engine.report.PassReport;
import net.berth.http.Reports;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names from outside neither steer the terminal nor forge a line or turn its reading direction. */
class TerminalAttackTest {
    private static final String STEERING = "[\\p{C}\\p{Zl}\\p{Zp}&&[^\n]]";
    private final CliBench bench = new CliBench();

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2J\u001b]0;owned\u0007",
                "a\nweb (101)  net0  ipam  nothing",
                "a\rb",
                "\u009b2J",
                "\u202egnp.exe",
                "\u2066x\u2069",
                "\u2028second line",
                "\u0000",
                "\u007f"
            })
    void noNameSteersTheTerminal(String name) throws Exception {
        Conflict conflict = new Conflict(ConflictCode.NAME_TAKEN, "net0", "taken by " + name, "rename " + name);
        GuestReport settled = Reports.settled();
        bench.started()
                .berth
                .guests
                .add(new GuestReport(
                        settled.guest(),
                        settled.state(),
                        settled.nics(),
                        List.of(conflict),
                        List.of(),
                        "failed: " + name,
                        Reports.READ));
        bench.berth.passes(new PassReport(
                List.copyOf(bench.berth.guests),
                List.of(),
                List.of(),
                List.of("node " + name + " is offline"),
                Reports.READ));
        for (String[] command : new String[][] {{"guests"}, {"plan"}, {"sync"}, {"explain", "101"}}) {
            assertThat(bench.run(command).out())
                    .doesNotContainPattern(STEERING)
                    .doesNotContain("\nweb (101)  net0  ipam  nothing");
        }
        CliBench.Result json = bench.run("guests", "-o", "json");
        assertThat(json.out()).doesNotContainPattern(STEERING);
        assertThat(new ObjectMapper().readTree(json.out()).findValuesAsText("message"))
                .as("the value itself is whole")
                .contains("taken by " + name);
    }

    @Test
    void noErrorSteersTheTerminal() {
        bench.berth.fails(new PeerException(
                Peer.NIPAP, PeerException.Kind.DOWN, "no \u001b[31m\u202e\u009b answer\nberth: all is well"));
        assertThat(bench.run("plan").err()).doesNotContainPattern(STEERING).hasLineCount(1);
    }
}
