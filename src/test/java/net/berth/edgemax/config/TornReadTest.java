package net.berth.edgemax.config;

import static net.berth.edgemax.Bench.mapping;
import static net.berth.edgemax.Bench.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import net.berth.edgemax.Bench;
import net.berth.edgemax.EdgeMaxRouter;
import net.berth.engine.port.KnownBatch;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.lab.edgeos.Faults;
import net.berth.model.router.RouterView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads during another commit. */
class TornReadTest {
    private static final String GUESTS =
            "set service dhcp-server shared-network-name GUESTS subnet 192.168.7.0/24 default-router 192.168.7.1";

    @ParameterizedTest
    @EnumSource(Faults.Torn.class)
    void aTornReadIsReadAgain(Faults.Torn how) {
        try (Bench bench = Bench.start()) {
            RouterView whole = bench.router.read();
            bench.edge.faults().tearReads(1, how);

            assertThat(bench.router.read()).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Faults.Torn.class,
            names = {"EMPTY", "HALF", "NO_DHCP"})
    void aReadThatStaysTornIsNoView(Faults.Torn how) {
        try (Bench bench = Bench.start()) {
            bench.edge.faults().tearReads(100, how);

            assertThatExceptionOfType(PeerException.class)
                    .isThrownBy(bench.router::read)
                    .satisfies(torn -> assertThat(torn.kind()).isEqualTo(PeerException.Kind.GARBLED));
        }
    }

    @ParameterizedTest
    @EnumSource(Faults.Torn.class)
    void aBatchThatMeetsATornReadEndsRight(Faults.Torn how) {
        try (Bench bench = Bench.start()) {
            bench.edge.faults().tearReads(1, how);

            assertThat(bench.apply(put(mapping("web", 5), mapping("web", 5)), put(mapping("db", 21))))
                    .satisfies(outcomes -> {
                        assertThat(outcomes.get(0)).isInstanceOf(Router.Outcome.Stale.class);
                        assertThat(outcomes.get(1)).isEqualTo(new Router.Outcome.Done());
                    });
        }
    }

    @Test
    void aNetworkOfTheSettingsThatTheRouterLacksLeavesTheOthersAlone() {
        try (Bench bench = Bench.start();
                EdgeMaxRouter router =
                        new EdgeMaxRouter(Bench.with(Bench.settings(bench.edge), Set.of("LAN", "TYPO")))) {
            RouterView view = router.read();
            assertThat(view).isEqualTo(bench.router.read());
            assertThat(view.mappings()).isNotEmpty();

            int reads = bench.edge.counters().reads();
            router.read();
            assertThat(bench.edge.counters().reads() - reads)
                    .as("once proven, two reads that agree are enough again")
                    .isEqualTo(2);
            assertThat(router.apply(KnownBatch.of(List.of(put(mapping("web", 20)))))
                            .outcomes())
                    .containsExactly(new Router.Outcome.Done());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 7})
    void aNetworkThatIsMissingForSomeReadsIsTornNotGone(int reads) {
        try (Bench bench = Bench.start()) {
            bench.edge.preset(GUESTS);
            RouterView whole = bench.router.read();
            bench.edge.faults().tearReads(reads, Faults.Torn.NO_LAN);

            assertThat(bench.router.read()).isEqualTo(whole);
        }
    }

    @Test
    void aNetworkThatComesBackIsMissedAgain() {
        try (Bench bench = Bench.start()) {
            bench.edge.preset(GUESTS);
            RouterView whole = bench.router.read();
            bench.edge.faults().tearReads(20, Faults.Torn.NO_LAN);
            assertThat(bench.router.read().mappings())
                    .as("gone for so long that it is gone")
                    .isEmpty();
            bench.edge.faults().tearReads(0, Faults.Torn.NO_LAN);
            assertThat(bench.router.read()).isEqualTo(whole);

            bench.edge.faults().tearReads(3, Faults.Torn.NO_LAN);
            assertThat(bench.router.read()).isEqualTo(whole);
        }
    }

    @Test
    void aSharedNetworkThatIsNotOnTheRouterIsNamed() {
        try (Bench bench = Bench.start()) {
            bench.edge.admin("delete service dhcp-server shared-network-name LAN");

            assertThatExceptionOfType(PeerException.class)
                    .isThrownBy(bench.router::read)
                    .withMessageContaining("shared-network-name LAN");
        }
    }
}
