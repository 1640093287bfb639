package net.berth.edgemax.commit;

import static net.berth.edgemax.Bench.mapping;
import static net.berth.edgemax.Bench.put;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.edgemax.Bench;
import net.berth.edgemax.EdgeMaxRouter;
import net.berth.engine.port.KnownBatch;
import net.berth.engine.port.Router;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A router whose flash is full, on which EdgeOS replaces its saved config by an empty file. */
class FullConfigTest {
    private final Bench bench = Bench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    private void isLater(List<Router.Outcome> outcomes, String... words) {
        assertThat(outcomes).singleElement().isInstanceOfSatisfying(Router.Outcome.Later.class, later -> assertThat(
                        later.why())
                .contains(words));
    }

    private void isSound() {
        bench.router.read();
        assertThat(bench.router.trouble()).isEmpty();
        assertThat(bench.edge.savedDump()).isEqualTo(bench.edge.dump());
    }

    @Test
    void isNotCommittedToAndKeepsItsSavedConfig() {
        String before = bench.edge.dump();
        bench.edge.faults().freeOnConfig(12, true);

        isLater(bench.apply(put(mapping("web", 20))), "12 kB");

        assertThat(bench.edge.dump()).isEqualTo(before);
        assertThat(bench.edge.savedDump()).isEqualTo(before);
        assertThat(bench.edge.openSessions()).isEmpty();
        assertThat(bench.router.trouble()).contains("12 kB");
        bench.router.read();
        assertThat(bench.router.trouble()).contains("12 kB", "df -h /config", "configure; save; exit");

        bench.edge.faults().freeOnConfig(20_000, false);
        assertThat(bench.apply(put(mapping("web", 20)))).containsExactly(new Router.Outcome.Done());
        isSound();
    }

    @Test
    void withoutASavedConfigIsSaidInTheFirstWordsUntilAPersonHasRepairedIt() {
        bench.edge.faults().freeOnConfig(20_000, true);

        isLater(bench.apply(put(mapping("web", 20))), "No space left on device", "sudo mv /config/config.boot");
        assertThat(bench.edge.savedDump()).isEmpty();
        bench.edge.faults().freeOnConfig(20_000, false);
        for (int reads = 0; reads < 3; reads++) {
            bench.router.read();
            assertThat(bench.router.trouble()).contains("No space left on device", "sudo mv /config/config.boot");
        }
        int commits = bench.edge.counters().commits();
        isLater(bench.apply(put(mapping("db", 21))), "is no config");
        assertThat(bench.edge.counters().commits()).isEqualTo(commits);

        bench.edge.removeSaved();
        assertThat(bench.apply(put(mapping("db", 21)))).containsExactly(new Router.Outcome.Done());
        isSound();
    }

    @Test
    void isFoundByTheFirstReadOfANewReceiver() {
        bench.edge.faults().freeOnConfig(20_000, true);
        bench.apply(put(mapping("web", 20)));

        try (EdgeMaxRouter other = new EdgeMaxRouter(Bench.settings(bench.edge))) {
            other.read();
            assertThat(other.trouble()).contains("/config/config.boot is no config", "sudo mv /config/config.boot");
        }
    }

    @Test
    void aRunningConfigThatIsNotTheSavedOneIsFoundByTheFirstReadAndSavedByTheNextCommit() {
        bench.edge.faults().saveFails(true);
        bench.apply(put(mapping("web", 20)));
        bench.edge.faults().saveFails(false);

        try (EdgeMaxRouter other = new EdgeMaxRouter(Bench.settings(bench.edge))) {
            other.read();
            assertThat(other.trouble()).contains("is not the running config", "configure; save; exit");
            other.apply(KnownBatch.of(List.of(put(mapping("db", 21)))));
            assertThat(other.trouble()).isEmpty();
        }
        isSound();
    }
}
