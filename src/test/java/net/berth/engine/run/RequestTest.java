package net.berth.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import net.berth.engine.run.Request.Why;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of two requests that wait for one run, one run is made that serves both. */
class RequestTest {
    @ParameterizedTest
    @CsvSource({
        "START, LOOK, START",
        "START, ORDER, START",
        "START, EVENT, EVENT",
        "START, START, START",
        "LOOK, START, START",
        "LOOK, ORDER, ORDER",
        "ORDER, LOOK, ORDER",
        "ORDER, EVENT, EVENT",
        "EVENT, LOOK, EVENT",
        "EVENT, START, START"
    })
    void aStartStaysOneUntilAnEventSaysThatItIsOver(Why first, Why later, Why both) {
        assertThat(new Request(first, false).and(new Request(later, false)).why())
                .isEqualTo(both);
    }

    @Test
    void anOrderToWriteIsKeptWhoeverAsksBesides() {
        assertThat(Request.order(true).and(Request.START).writeBack()).isTrue();
        assertThat(Request.EVENT.and(Request.order(true)).writeBack()).isTrue();
        assertThat(Request.LOOK.and(Request.START).writeBack()).isFalse();
    }
}
