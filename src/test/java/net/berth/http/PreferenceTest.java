package net.berth.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header {@code Prefer} of a hook. */
class PreferenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=20|20",
                "WAIT = 5|5",
                "respond-async, wait=10|10",
                "wait=\"7\"|7",
                "wait=3; foo=bar|3",
                "wait=4, wait=9|4",
                "wait=0|0",
                "wait=121|120",
                "wait=999999999|120",
            })
    void theWaitIsFound(String header, long seconds) {
        assertThat(HookRoutes.asked(List.of(header))).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "respond-async", "wait", "wait=", "wait=-1", "wait=soon", "wait=1.5", "waiting=5"})
    void whatIsNotUnderstoodIsPassedOver(String header) {
        assertThat(HookRoutes.asked(List.of(header))).isEmpty();
    }

    @Test
    void theFirstOfSeveralHeadersCounts() {
        assertThat(HookRoutes.asked(List.of("respond-async", "wait=6", "wait=8")))
                .contains(Duration.ofSeconds(6));
    }
}
