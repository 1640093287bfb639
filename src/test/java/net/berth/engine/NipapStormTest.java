package net.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import net.berth.Sampled;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three receivers, two hundred guests, one NIPAP with everything that goes wrong there. */
@Timeout(120)
class NipapStormTest {
    /** The seed of a run that failed is in its message; put it here to see that run's faults again. */
    private static final long SEED = Long.getLong("berth.storm.seed", 0);

    static IntStream storms() {
        return IntStream.range(0, Sampled.count("berth.storm.count", 2, 20));
    }

    @ParameterizedTest
    @MethodSource("storms")
    void everyNicHasOneRowAndEveryHookWasToldThatAddress(int number) {
        long seed = SEED == 0 ? new Random().nextLong() : SEED;
        try (NipapStorm storm = new NipapStorm(seed)) {
            storm.run();
            assertThat(storm.rowsByKey().values())
                    .as("rows of a NIC, seed %d", seed)
                    .hasSize(NipapStorm.GUESTS)
                    .allSatisfy(rows -> assertThat(rows).hasSize(1));
            assertThat(storm.openClaims()).as("claims left open, seed %d", seed).isEmpty();
            assertThat(storm.addresses()).as("addresses, seed %d", seed).doesNotHaveDuplicates();
            assertThat(storm.told()).as("what hooks were told, seed %d", seed).isNotEmpty();
            assertThat(storm.toldOtherwise())
                    .as("told another address than the row's, seed %d", seed)
                    .isEmpty();
        }
        System.out.printf("storm %d, seed %d: one row per NIC%n", number, seed);
    }
}
