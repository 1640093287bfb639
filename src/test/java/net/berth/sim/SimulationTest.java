package net.berth.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.berth.Sampled;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The promises hold whatever happens and in whatever order: many seeds, each a run of its own. A build runs 1,500 fixed
 * ones. One seed alone is told and shrunk with {@code -Dberth.sim.seed=N}; more seeds, elsewhere:
 * {@code -Dberth.sim.count=N -Dberth.sim.first=N}.
 */
class SimulationTest {
    private static final long FIRST = Long.getLong("berth.sim.first", 1);
    private static final long COUNT = Sampled.count("berth.sim.count", 1_500, 10_000);

    private static final Alarm ALARM = new Alarm();

    @BeforeAll
    static void hushLogs() {
        ALARM.begin();
    }

    @AfterAll
    static void unhushLogs() {
        ALARM.end();
    }

    @Test
    void promisesHoldForEverySeed() {
        Long one = Long.getLong("berth.sim.seed");
        List<String> broken = one == null
                ? Seeds.run(FIRST, COUNT, SimulationTest::broken)
                : Seeds.run(one, 1, SimulationTest::broken);
        assertThat(broken).isEmpty();
        assertThat(ALARM.heard()).as("exceptions that nobody expected").isEmpty();
    }

    private static String broken(long seed) {
        return Simulation.run(Plan.of(seed)).broken().isEmpty() ? "" : Story.of(seed);
    }

    @Test
    void sameSeedIsTheSameRun() {
        for (long seed = 1; seed <= 20; seed++) {
            Plan plan = Plan.of(seed);
            assertThat(Simulation.run(plan).hash())
                    .isEqualTo(Simulation.tell(plan).hash());
        }
    }
}
