package net.berth.edgemax.commit;

import static net.berth.edgemax.Bench.mapping;
import static net.berth.edgemax.Bench.put;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.edgemax.Bench;
import net.berth.engine.port.KnownBatch;
import net.berth.engine.port.Router;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Saving, which comes last. */
class SaveTest {
    private final Bench bench = Bench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void whereSudoWantsAPasswordTheGroupSavesWithoutHanging() {
        bench.edge.faults().sudoAsksForPassword(true);

        assertThat(bench.apply(put(mapping("web", 20)))).containsExactly(new Router.Outcome.Done());

        assertThat(bench.edge.savedBy()).isEqualTo("berth:vyattacfg");
        assertThat(bench.edge.savedDump()).isEqualTo(bench.edge.dump());
    }

    @Test
    void aFailedSaveIsSaidAndMadeUpForNextTime() {
        bench.edge.faults().saveFails(true);

        assertThat(bench.apply(put(mapping("web", 20))))
                .singleElement()
                .isInstanceOfSatisfying(Router.Outcome.Later.class, later -> assertThat(later.why())
                        .contains("Error saving"));
        assertThat(bench.edge.savedDump()).isNotEqualTo(bench.edge.dump());

        bench.edge.faults().saveFails(false);
        Router.Applied again = bench.router.apply(KnownBatch.of(List.of(put(mapping("web", 20)))));

        assertThat(again.outcomes()).containsExactly(new Router.Outcome.Done());
        assertThat(again.commits()).isZero();
        assertThat(bench.edge.savedDump()).isEqualTo(bench.edge.dump());
    }
}
