package net.berth.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.berth.security.Secret;
import org.junit.jupiter.api.Test;

class TakenPortTest {
    /** A receiver without its API must not go on to write. */
    @Test
    void aPortThatIsTakenEndsTheStart() {
        try (Bench first = new Bench()) {
            ReceiverSettings second = new ReceiverSettings(
                    "127.0.0.1",
                    first.receiver.port(),
                    List.of(),
                    List.of(Secret.of(Bench.SECRET)),
                    Secret.of(Bench.TOKEN),
                    List.of(),
                    "home",
                    new ReceiverSettings.Transport.Plain());
            assertThatThrownBy(() -> Receiver.start(second, first.berth, first.meters, first.clock))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + first.receiver.port() + ": Address already in use");
        }
    }
}
