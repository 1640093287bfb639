package net.berth.edgemax;

import static net.berth.edgemax.Bench.mapping;
import static net.berth.edgemax.Bench.put;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.berth.engine.port.Router;
import net.berth.model.router.Lease;
import net.berth.model.router.Outage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be odd about a router beside its config: its user's shell, its clock, a server that was stopped, a slow commit. */
class SurroundingsTest {
    private final Bench bench = Bench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    /** As people write them into ~/.bashrc: time-outs, languages, options and functions that a child shell inherits. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "export TMOUT=1",
                "export LANG=de_DE.UTF-8 LC_ALL=de_DE.UTF-8 LC_NUMERIC=fr_FR.UTF-8",
                "export POSIXLY_CORRECT=1",
                "set -o noclobber; export SHELLOPTS",
                "cd(){ echo moved; }; ls(){ echo listed; }; export -f cd ls",
                "export PROMPT_COMMAND='echo prompt' PS1='edge> ' PS4='+ '; set -x",
                "export GREP_OPTIONS=--color=always LS_COLORS=x CDPATH=/tmp IFS=:",
                "echo '-- maintenance on Sunday --'; last | head -3; uptime"
            })
    void theShellOfTheUserDoesNotMatter(String lines) {
        bench.edge.faults().bashrc(lines);
        assertThat(bench.apply(put(mapping("web", 20)))).containsExactly(new Router.Outcome.Done());
        assertThat(bench.router.read().mappings()).hasSize(2);
        assertThat(bench.router.trouble()).isEmpty();
    }

    /** After a power cut, until it has asked for the time: leases are written and read by the router's own clock. */
    @ParameterizedTest
    @ValueSource(strings = {"2015-01-01T00:00:30Z", "2031-07-01T12:00:00Z"})
    void aLeaseLivesByTheClockOfTheRouter(String clock) {
        Instant theirs = Instant.parse(clock);
        bench.edge.faults().bashrc("date(){ echo " + theirs.getEpochSecond() + "; }; export -f date");
        bench.edge.lease("192.168.1.210", "02:00:00:00:00:07", theirs.plus(Duration.ofHours(1)), "LAN", "phone");
        bench.edge.lease("192.168.1.211", "02:00:00:00:00:08", theirs.minus(Duration.ofHours(1)), "LAN", "gone");
        Instant inAnHour = Instant.now().plus(Duration.ofHours(1));
        for (boolean hidden : new boolean[] {false, true}) {
            bench.edge.faults().hideLeaseFiles(hidden);
            assertThat(bench.router.read().leases())
                    .filteredOn(lease -> lease.clientName().equals("phone"))
                    .singleElement()
                    .extracting(Lease::expires)
                    .satisfies(end -> assertThat(end).isBetween(inAnHour.minusSeconds(90), inAnHour.plusSeconds(90)));
            assertThat(bench.router.read().leases())
                    .filteredOn(lease -> lease.clientName().equals("gone"))
                    .noneMatch(lease -> lease.expires().isAfter(Instant.now()));
        }
    }

    @Test
    void aDhcpServerThatDoesNotRunIsSaidUntilItRunsAgain() {
        bench.edge.faults().daemonsDieAfter(1);
        bench.edge.admin("set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 lease 3600");
        assertThat(bench.edge.dhcpRuns()).isFalse();
        for (int reads = 0; reads < 2; reads++) {
            Outage outage = bench.router.read().outage();
            assertThat(bench.router.trouble()).contains("dnsmasq does not run");
            assertThat(outage.dhcp()).contains("dnsmasq does not run").isEqualTo(outage.dns());
        }
        bench.edge.admin("set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 lease 7200");
        assertThat(bench.router.read().outage()).isEqualTo(Outage.NONE);
        assertThat(bench.router.trouble()).isEmpty();
    }

    /** As with a remote archive of each commit that does not answer. */
    @Test
    void aCommitThatTakesItsTimeIsWaitedFor() {
        bench.edge.faults().commitTakes(Duration.ofSeconds(3));
        assertThat(bench.apply(put(mapping("web", 20)))).containsExactly(new Router.Outcome.Done());
        assertThat(bench.edge.savedDump()).contains("static-mapping web");
    }
}
