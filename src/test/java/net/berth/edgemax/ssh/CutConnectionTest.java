package net.berth.edgemax.ssh;

import static net.berth.edgemax.Bench.mapping;
import static net.berth.edgemax.Bench.put;
import static net.berth.edgemax.Bench.record;
import static net.berth.edgemax.Bench.remove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import net.berth.Sampled;
import net.berth.edgemax.Bench;
import net.berth.engine.port.KnownBatch;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.lab.edgeos.Faults;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The connection ends at every line and at every program of a batch; the next attempt ends right. */
class CutConnectionTest {
    private static final int FAR = 80;

    /** A build cuts at every second place, each night at all. */
    private static final int STEP = Sampled.ALL ? 1 : 2;

    private static final Mapping OLD = mapping("web", 20);
    private static final Mapping NEW =
            new Mapping("LAN", "192.168.1.0/24", "shop", "192.168.1.20", "bc:24:11:00:00:14", false);
    private static final List<RouterChange> CHANGES =
            List.of(put(NEW, OLD), put(record("shop", 20), record("web", 20)), put(mapping("db", 21)));
    private static final List<RouterChange> BACK =
            List.of(put(OLD, NEW), put(record("web", 20), record("shop", 20)), remove(mapping("db", 21)));

    @ParameterizedTest
    @EnumSource(Faults.Cut.class)
    void beforeEachLine(Faults.Cut how) {
        everywhere((bench, at) -> bench.edge.faults().cutBeforeLine(at, how));
    }

    @ParameterizedTest
    @CsvSource({"KILL,false", "KILL,true", "HANG_UP,true"})
    void atEachProgram(Faults.Cut how, boolean after) {
        everywhere((bench, at) -> bench.edge.faults().cutAtProgram(at, how, after));
    }

    private interface Cutter {
        void arm(Bench bench, int at);
    }

    private static void everywhere(Cutter cutter) {
        try (Bench bench = Bench.start()) {
            bench.router.apply(KnownBatch.of(List.of(put(OLD), put(record("web", 20)))));
            String first = bench.edge.dump();
            String second = after(bench, CHANGES);
            after(bench, BACK);
            int at = 1;
            boolean reached = true;
            boolean there = false;
            for (; reached && at < FAR; at += STEP) {
                there = !there;
                cutter.arm(bench, at);
                reached = cutOnce(bench, there ? CHANGES : BACK);

                assertThat(after(bench, there ? CHANGES : BACK))
                        .as("cut at %s", at)
                        .isEqualTo(there ? second : first);
                assertThat(bench.edge.savedDump()).as("cut at %s", at).isEqualTo(bench.edge.dump());
            }
            assertThat(at).isBetween(15, FAR - 1);
            // What was left behind by shells that were killed is cleared away by later attempts.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> bench.edge.openSessions().isEmpty());
        }
    }

    private static String after(Bench bench, List<RouterChange> changes) {
        assertThat(bench.router.apply(KnownBatch.of(changes)).outcomes()).containsOnly(new Router.Outcome.Done());
        return bench.edge.dump();
    }

    private static boolean cutOnce(Bench bench, List<RouterChange> changes) {
        try {
            bench.router.apply(KnownBatch.of(changes));
        } catch (PeerException cut) {
            assertThat(cut.kind()).isEqualTo(PeerException.Kind.DOWN);
        }
        return !bench.edge.faults().disarmCut();
    }

    @Test
    void aConnectionThatDiedUnseenIsRenewed() {
        try (Bench bench = Bench.start()) {
            bench.router.read();
            bench.edge.dropConnections();

            assertThat(bench.apply(put(mapping("web", 20)))).containsExactly(new Router.Outcome.Done());
            assertThat(bench.edge.counters().logins()).isEqualTo(2);
        }
    }

    @Test
    void aRouterThatIsGoneIsDown() {
        Bench bench = Bench.start();
        bench.router.read();
        bench.edge.close();

        assertThatExceptionOfType(PeerException.class)
                .isThrownBy(bench.router::read)
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(PeerException.Kind.DOWN));
        bench.router.close();
    }
}
