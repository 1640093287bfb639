package net.berth.nipap.xmlrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import net.berth.lab.nipap.LabNipap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NipapTextTest {
    private static Object echo(String text) {
        try (LabNipap lab = LabNipap.start();
                NipapRpc rpc = new NipapRpc(Settings.of(lab.url()))) {
            return rpc.call("echo", Map.of("message", text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " two  spaces ", "åäö 日本 🙂 👩‍👩‍👧", "<&>\"' ]]>", "a\nb\tc", "\uFFFD\uE000"})
    void textSurvivesTheWayThereAndBack(String text) {
        assertThat(echo(text)).isEqualTo(text);
    }

    @Test
    void whatXmlCannotCarryIsLeftOut() {
        assertThat(echo("a\u0000b\u0007c\u001Bd\uFFFEe\uD83Df")).isEqualTo("abcdef");
    }

    @Test
    void valuesThatNipapDoesNotKnowAreNotSent() {
        try (LabNipap lab = LabNipap.start();
                NipapRpc rpc = new NipapRpc(Settings.of(lab.url()))) {
            assertThatThrownBy(() -> rpc.call("echo", Map.of("message", 5L))).isInstanceOf(NipapException.class);
            assertThatThrownBy(() -> rpc.call("echo", Map.of("message", Instant.EPOCH)))
                    .isInstanceOf(NipapException.class);
            assertThat(lab.requests()).isEmpty();
        }
    }
}
