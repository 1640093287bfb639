package net.berth.edgemax;

import static net.berth.edgemax.Bench.mapping;
import static net.berth.edgemax.Bench.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import net.berth.engine.PeerException;
import net.berth.engine.Router;
import net.berth.lab.edgeos.Faults;
import net.berth.model.RouterView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads that meet a commit of somebody else. */
class TornReadTest {
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
    void aSharedNetworkThatIsNotOnTheRouterIsNamed() {
        try (Bench bench = Bench.start()) {
            bench.edge.admin("delete service dhcp-server shared-network-name LAN");

            assertThatExceptionOfType(PeerException.class)
                    .isThrownBy(bench.router::read)
                    .withMessageContaining("shared-network-name LAN");
        }
    }
}
