package net.berth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.berth.engine.HookEvent;
import net.berth.http.json.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HookBodyTest {
    private static final String BODY = "{\"type\":\"guest.pre-start\",\"timestamp\":\"2026-11-20T10:00:00Z\","
            + "\"data\":{\"node\":\"pve1\",\"vmid\":101,\"phase\":\"pre-start\",\"migratedFrom\":null}}";

    @Test
    void theHooksBodyIsUnderstood() {
        assertThat(parse(BODY)).isEqualTo(new HookEvent(101, HookEvent.Phase.PRE_START, "pve1", ""));
    }

    @Test
    void aMigrationNamesItsSource() {
        assertThat(parse(BODY.replace("null", "\"pve2\"")).migratedFrom()).isEqualTo("pve2");
        assertThat(parse(BODY.replace(",\"migratedFrom\":null", "")).migration())
                .isFalse();
    }

    @Test
    void keysOfANewerHookscriptDoNoHarm() {
        String newer =
                BODY.replace("\"node\"", "\"cluster\":{\"a\":[1]},\"node\"").replace("{\"type\"", "{\"v\":2,\"type\"");
        assertThat(parse(newer)).isEqualTo(parse(BODY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "101|99|data.vmid: found 99; allowed: a whole number from 100 to 999999999.",
                "101|1000000000|data.vmid: found 1000000000;",
                "101|\"101\"|data.vmid: found \"101\";",
                "101|101.0|data.vmid: found 101.0;",
                "101|99999999999999999999|data.vmid: found 99999999999999999999;",
                "\"vmid\":101,||data.vmid: found nothing;",
                "\"phase\":\"pre-start\"|\"phase\":\"boot\"|data.phase: found \"boot\"; allowed: pre-start, post-start, pre-stop or post-stop.",
                "guest.pre-start|guest.post-stop|type: found \"guest.post-stop\"; allowed: \"guest.pre-start\", as data.phase says.",
                "\"pve1\"|\"pve 1\"|data.node: found \"pve 1\"; allowed: a host name.",
                "\"pve1\"|null|data.node: found null;",
                "null|7|data.migratedFrom: found 7;",
            })
    void aMistakeIsNamedWithWhatIsAllowed(String old, String other, String message) {
        refused(BODY.replace(old, other == null ? "" : other), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[]", "null", "7", "\"x\"", "<xml/>", "{}", "{\"data\":[]}"})
    void whatIsNoEventIsRefused(String body) {
        assertThatThrownBy(() -> parse(body)).isInstanceOf(Problem.class);
    }

    @Test
    void ambiguousJsonIsRefused() {
        refused(BODY.replace("\"vmid\":101", "\"vmid\":101,\"vmid\":102"), "not JSON");
        refused(BODY + "{}", "not JSON");
        refused("[".repeat(5000), "not JSON");
    }

    @Test
    void aLongMistakeIsCutShort() {
        refused(BODY.replace("\"pve1\"", "\"" + "x".repeat(5000) + "\""), "xxx...; allowed: a host name.");
    }

    private static void refused(String body, String message) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(message)
                .extracting(e -> ((Problem) e).status().code())
                .isEqualTo(400);
    }

    private static HookEvent parse(String body) {
        return HookBody.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
