package net.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.berth.cli.CliBench.Result;
import net.berth.engine.report.LeaseReport;
import net.berth.http.Reports;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReleaseAndLeasesTest {
    private final CliBench bench = new CliBench().started();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void leasesShowTimeLeftAndWhoseTheyAre() {
        bench.berth.leases.add(new LeaseReport(
                IpAddress.parse("192.168.1.230"),
                MacAddress.parse("00:00:5E:00:53:07"),
                LeaseReport.Source.LEASE,
                Instant.parse("2031-01-01T00:00:00Z"),
                Duration.ofMinutes(125),
                "lan",
                "phone",
                List.of(),
                "",
                ""));
        bench.berth.leases.add(new LeaseReport(
                IpAddress.parse("192.168.1.231"),
                MacAddress.parse("00:00:5E:00:53:08"),
                LeaseReport.Source.ARP,
                Instant.MIN,
                Duration.ZERO,
                "lan",
                "",
                List.of(Reports.settled().guest()),
                "net0",
                "web lacks the hook"));
        Result table = bench.run("leases");
        assertThat(table.exit()).isZero();
        assertThat(table.out().lines().toList().get(1))
                .containsSubsequence("192.168.1.230", "00:00:5E:00:53:07", "2h5m", "lan", "phone", "unknown");
        assertThat(table.out().lines().toList().get(2)).contains("no lease", "net0", "web lacks the hook");
        assertThat(bench.run("leases", "-o", "json").out())
                .contains("\"secondsLeft\":7500", "\"guest\":\"unknown\"", "\"expires\":\"2031-01-01T00:00:00Z\"");
    }

    @Test
    void withoutLeasesItSaysSo() {
        assertThat(bench.run("leases").out()).startsWith("No leases.\n\nAs of ");
    }

    @Test
    void releaseNeedsToBeToldWhichGuests() {
        assertThat(bench.run("release").exit()).isEqualTo(1);
        assertThat(bench.run("release", "101", "--all").exit()).isEqualTo(1);
        assertThat(bench.berth.asked).isEmpty();
    }

    @Test
    void releaseTakesEveryGuestThatIsNamed() {
        assertThat(bench.run("release", "101", "102").exit()).isZero();
        assertThat(bench.run("release", "--all").exit()).isZero();
        assertThat(bench.berth.asked).containsExactly("release [101] real", "release [102] real", "release all real");
    }

    @Test
    void dryRunOfAReleaseShowsTheChangesAndExitsWithTwo() {
        bench.berth.guests.add(Reports.pending());
        Result result = bench.run("release", "--all", "--dry-run");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.out()).contains("REASON", "192.168.1.22");
        assertThat(bench.berth.asked).containsExactly("release all dry");
        assertThat(new CliBench().run("release", "--all").exit()).isEqualTo(1);
    }
}
