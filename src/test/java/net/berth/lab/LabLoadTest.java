package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A small one of the storms that {@link LabLoad} makes for minutes. */
@Tag("alone")
class LabLoadTest {
    @Test
    void settledGuestsThatAllStartAtOnceAreAnsweredAndNothingIsWritten() throws Exception {
        try (LabLoad load = new LabLoad(400, 100)) {
            load.begin();
            for (int storm = 0; storm < 3; storm++) {
                assertThat(load.storm().wrong()).isEmpty();
            }
            assertThat(load.writes()).isEmpty();
        }
    }
}
