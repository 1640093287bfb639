package net.berth.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import net.berth.engine.HookAnswer;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HookAnswersTest {
    private final Bench bench = new Bench();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void aSettledGuestIsAnsweredWithItself() {
        bench.berth.answers(() -> new HookAnswer.Settled(Reports.settled()));
        HttpResponse<String> answer = bench.hook(HookCall.phase("pre-start"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(type(answer)).isEqualTo("application/json");
        assertThat(answer.body()).startsWith("{\"id\":\"home/qemu/101\"").contains("192.168.1.20/24");
    }

    @Test
    void workInTheBackgroundIsAccepted() {
        HttpResponse<String> answer = bench.hook(HookCall.phase("pre-start"));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aGuestThatIsNotBerthsHasNoContent() {
        bench.berth.answers(HookAnswer.NotSelected::new);
        HttpResponse<String> answer = bench.hook(HookCall.phase("pre-start"));
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void aDuplicateAddressIsAProblemWithItsReasonAndConflicts() {
        bench.berth.answers(
                () -> new HookAnswer.Duplicate(Reports.conflict(Reports.ADDRESS_TAKEN), "192.168.1.20 belongs to web"));
        HttpResponse<String> answer = bench.hook(HookCall.phase("pre-start"));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(type(answer)).isEqualTo("application/problem+json");
        assertThat(answer.body())
                .isEqualTo("{\"type\":\"urn:berth:problem:duplicate-address\",\"title\":\"Conflict\",\"status\":409,"
                        + "\"detail\":\"192.168.1.20 belongs to web\",\"guest\":\"home/qemu/102\","
                        + "\"conflicts\":[{\"code\":\"ADDRESS_TAKEN\",\"nic\":\"net0\","
                        + "\"message\":\"192.168.1.20 belongs to web\",\"fix\":\"remove it from ipconfig0\"}]}");
    }

    @Test
    void aPeerThatIsDownIsNamed() {
        bench.berth.fails(new PeerException(Peer.NIPAP, PeerException.Kind.DOWN, "NIPAP does not answer"));
        HttpResponse<String> answer = bench.hook(HookCall.phase("pre-start"));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(type(answer)).isEqualTo("application/problem+json");
        assertThat(answer.headers().firstValue("retry-after")).contains("10");
        assertThat(answer.body()).contains("\"detail\":\"NIPAP does not answer\"", "\"peer\":\"nipap\"");
    }

    @Test
    void aFaultOfBerthsShowsNothingOfItsInside() {
        bench.berth.fails(new IllegalStateException("the inside"));
        HttpResponse<String> answer = bench.hook(HookCall.phase("pre-start"));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(type(answer)).isEqualTo("application/problem+json");
        assertThat(answer.body()).contains("its log says why").doesNotContain("inside", "Exception", "net.berth");
    }

    @Test
    void aStartWaitsAsLongAsItsHookPrefers() {
        HttpResponse<String> answer = bench.hook(HookCall.phase("pre-start").header("Prefer", "wait=7"));
        assertThat(answer.headers().firstValue("preference-applied")).contains("wait=7");
        assertThat(bench.berth.asked).containsExactly("hook 101 pre-start on pve1 wait 7");
    }

    @Test
    void aStartWithoutPreferenceWaitsTwentySeconds() {
        HttpResponse<String> answer = bench.hook(HookCall.phase("pre-start"));
        assertThat(answer.headers().firstValue("preference-applied")).isEmpty();
        assertThat(bench.berth.asked).containsExactly("hook 101 pre-start on pve1 wait 20");
    }

    @Test
    void theOtherPhasesDoNotWait() {
        bench.hook(HookCall.phase("post-start"));
        bench.hook(HookCall.phase("pre-stop"));
        bench.hook(HookCall.phase("post-stop"));
        assertThat(bench.berth.asked)
                .containsExactly(
                        "hook 101 post-start on pve1 wait 0",
                        "hook 101 pre-stop on pve1 wait 0",
                        "hook 101 post-stop on pve1 wait 0");
    }

    @Test
    void nobodyWaitsLongerThanTwoMinutes() {
        HttpResponse<String> answer = bench.hook(HookCall.phase("pre-start").header("Prefer", "wait=86400"));
        assertThat(answer.headers().firstValue("preference-applied")).contains("wait=120");
        assertThat(bench.berth.asked).containsExactly("hook 101 pre-start on pve1 wait 120");
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("content-type").orElse("none");
    }
}
