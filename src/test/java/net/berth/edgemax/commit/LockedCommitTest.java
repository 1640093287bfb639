package net.berth.edgemax.commit;

import static net.berth.edgemax.Bench.mapping;
import static net.berth.edgemax.Bench.put;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.berth.edgemax.Bench;
import net.berth.edgemax.EdgeMaxRouter;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.engine.port.KnownBatch;
import net.berth.engine.port.Router;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Other admins at work at the same time. */
class LockedCommitTest {
    private static final String BASE =
            "set service dhcp-server shared-network-name LAN subnet 192.168.1.0/24 static-mapping ";
    private final Bench bench = Bench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void aLockThatPassesIsWaitedOut() {
        bench.edge.faults().lockNextCommits(3);

        assertThat(bench.apply(put(mapping("web", 20)))).containsExactly(new Router.Outcome.Done());

        assertThat(bench.edge.counters().commits()).isEqualTo(1);
    }

    @Test
    void aLockThatLastsIsSaidAndLeavesNothingBehind() {
        bench.edge.faults().holdLock(true);
        EdgeMaxSettings usual = Bench.settings(bench.edge);
        EdgeMaxSettings hasty = new EdgeMaxSettings(
                usual.host(),
                usual.port(),
                usual.username(),
                usual.login(),
                usual.hostKey(),
                false,
                usual.sharedNetworks(),
                new EdgeMaxSettings.Times(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofMillis(200),
                        Duration.ofMillis(20),
                        Duration.ofSeconds(10)));
        String before = bench.edge.dump();

        try (EdgeMaxRouter router = new EdgeMaxRouter(hasty)) {
            assertThat(router.apply(KnownBatch.of(List.of(put(mapping("web", 20)))))
                            .outcomes())
                    .singleElement()
                    .isInstanceOfSatisfying(Router.Outcome.Busy.class, busy -> assertThat(busy.why())
                            .contains("temporarily locked due to another commit in progress"));
        }

        assertThat(bench.edge.dump()).isEqualTo(before);
        assertThat(bench.edge.openSessions()).isEmpty();
    }

    @Test
    void whatTheOtherAdminCommittedMeanwhileIsSeenBeforeOurCommit() {
        bench.edge.faults().lockNextCommits(1);
        bench.edge
                .faults()
                .beforeCommit(() -> bench.edge.preset(
                        BASE + "theirs ip-address 192.168.1.20\n" + BASE + "theirs mac-address 00:11:22:33:44:55"));

        List<Router.Outcome> outcomes = bench.apply(put(mapping("web", 20)));

        assertThat(outcomes).singleElement().isInstanceOfSatisfying(Router.Outcome.Stale.class, stale -> assertThat(
                        stale.why())
                .contains("theirs"));
        assertThat(bench.edge.mappings()).noneMatch(line -> line.contains(" web "));
        assertThat(bench.edge.dhcpRuns()).isTrue();
    }

    @Test
    void aDuplicateAddressOfTheSameMomentIsTakenBackBeforeItKillsForGood() {
        bench.edge
                .faults()
                .beforeCommit(() -> bench.edge.preset(
                        BASE + "theirs ip-address 192.168.1.20\n" + BASE + "theirs mac-address 00:11:22:33:44:55"));

        List<Router.Outcome> outcomes = bench.apply(put(mapping("web", 20)));

        assertThat(outcomes).noneMatch(new Router.Outcome.Done()::equals);
        assertThat(bench.edge.mappings())
                .anyMatch(line -> line.contains("theirs"))
                .noneMatch(line -> line.contains(" web "));
        assertThat(bench.edge.dhcpRuns()).isTrue();
    }

    @Test
    void anotherAdminsOpenSessionIsNotTouched() {
        bench.edge.beginSession("admin-at-lunch", "set system host-name lunch");

        bench.apply(put(mapping("web", 20)));

        assertThat(bench.edge.openSessions()).containsExactly("admin-at-lunch");
        assertThat(bench.edge.dump()).contains("set system host-name edge");
        assertThat(bench.edge.savedDump()).doesNotContain("lunch");
    }

    @Test
    void anotherAdminsCommitOfTheSameMomentStays() {
        bench.edge
                .faults()
                .beforeCommit(() ->
                        bench.edge.admin("set system static-host-mapping host-name tv.home.lan inet 192.168.1.9"));

        assertThat(bench.apply(put(mapping("web", 20)))).containsExactly(new Router.Outcome.Done());

        assertThat(bench.edge.names()).containsKeys("tv.home.lan", "web.home.lan");
    }

    @Test
    void aSlowCommitOfOursIsWaitedFor() {
        bench.edge.faults().commitTakes(Duration.ofMillis(300));

        assertThat(bench.apply(put(mapping("web", 20)))).containsExactly(new Router.Outcome.Done());
    }
}
