package net.berth.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the hookscript sends, and that its secret goes nowhere but into the signature. */
class HookRequestTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"pre-start", "post-start", "pre-stop", "post-stop"})
    void every_phase_is_told_with_the_agreed_body(String phase) throws Exception {
        var request = told(Map.of(), "101", phase);

        var node = InetAddress.getLocalHost().getHostName().replaceFirst("\\..*", "");
        var time = new ObjectMapper().readTree(request.body()).path("timestamp").asText();
        assertThat(request.body())
                .isEqualTo(("{\"type\":\"guest.%s\",\"timestamp\":\"%s\",\"data\":"
                                + "{\"node\":\"%s\",\"vmid\":101,\"phase\":\"%s\",\"migratedFrom\":null}}")
                        .formatted(phase, time, node, phase));
        assertThat(Instant.parse(time)).isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(request.line()).isEqualTo("POST /v1/hooks/guest HTTP/1.1");
        assertThat(request.headers()).containsEntry("content-type", "application/json");
    }

    @Test
    void only_the_start_asks_the_receiver_to_finish_first() throws Exception {
        assertThat(told(Map.of(), "101", "pre-start").headers()).containsEntry("prefer", "wait=2");
        assertThat(told(Map.of(), "101", "post-start").headers()).doesNotContainKey("prefer");
    }

    @Test
    void a_live_migration_names_the_node_it_comes_from() throws Exception {
        assertThat(told(Map.of("PVE_MIGRATED_FROM", "pve2"), "101", "pre-start").body())
                .contains("\"migratedFrom\":\"pve2\"");
        assertThat(told(Map.of("PVE_MIGRATED_FROM", ""), "101", "pre-start").body())
                .contains("\"migratedFrom\":null");
        assertThat(told(Map.of("PVE_MIGRATED_FROM", "a\",\"b\":\"c\n"), "101", "pre-start")
                        .body())
                .contains("\"migratedFrom\":null");
    }

    @Test
    void the_signature_is_right_over_the_raw_bytes() throws Exception {
        var request = told(Map.of(), "4294", "pre-start");
        var id = request.headers().get("webhook-id");
        var time = request.headers().get("webhook-timestamp");

        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HookScript.KEY, "HmacSHA256"));
        mac.update((id + "." + time + ".").getBytes(StandardCharsets.US_ASCII));
        var expected =
                Base64.getEncoder().encodeToString(mac.doFinal(request.body().getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(request.headers()).containsEntry("webhook-signature", "v1," + expected);
        assertThat(Instant.ofEpochSecond(Long.parseLong(time)))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void no_two_messages_have_one_id() throws Exception {
        var first = told(Map.of(), "101", "pre-start").headers().get("webhook-id");
        var second = told(Map.of(), "101", "pre-start").headers().get("webhook-id");

        assertThat(first).matches("msg_[0-9a-f]{32}").isNotEqualTo(second);
    }

    @Test
    void a_proxy_of_the_environment_is_not_used() throws Exception {
        try (var proxy = TestReceiver.answering(TestReceiver.nothing(204))) {
            told(
                    Map.of("http_proxy", proxy.url(), "HTTP_PROXY", proxy.url(), "all_proxy", proxy.url()),
                    "101",
                    "pre-start");

            assertThat(proxy.requests()).isEmpty();
        }
    }

    @Test
    void a_receiver_below_a_path_is_reached() throws Exception {
        try (var receiver = TestReceiver.answering(TestReceiver.nothing(204))) {
            new HookScript(folder).urls(receiver.url() + "/berth/").run("101", "pre-start");

            assertThat(receiver.requests().getFirst().line()).isEqualTo("POST /berth/v1/hooks/guest HTTP/1.1");
        }
    }

    @Test
    void a_name_with_several_addresses_is_reached_on_the_one_that_listens() throws Exception {
        try (var receiver = TestReceiver.answering(TestReceiver.nothing(204))) {
            var run = new HookScript(folder)
                    .urls(receiver.url().replace("127.0.0.1", "localhost"))
                    .run("101", "pre-start");

            assertThat(run.all()).isEmpty();
            assertThat(receiver.requests()).hasSize(1);
            assertThat(receiver.requests().getFirst().headers().get("host")).startsWith("localhost:");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "101",
                "101 pre-start more",
                "101 PRE-START",
                "101 pre-start\n",
                "101 suspend",
                "abc pre-start",
                "-1 pre-start",
                "1e3 pre-start",
                "101;id pre-start",
                "99999999999 pre-start",
                "٣ pre-start"
            })
    void other_arguments_are_one_warning_and_nothing_is_sent(String arguments) throws Exception {
        try (var receiver = TestReceiver.answering(TestReceiver.nothing(204))) {
            var args = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
            var run = new HookScript(folder).urls(receiver.url()).run(args);

            assertThat(run.exit()).isZero();
            assertThat(run.err()).startsWith("berth: warning: ").hasLineCount(1);
            assertThat(receiver.requests()).isEmpty();
        }
    }

    @Test
    void the_secret_shows_neither_in_the_process_table_nor_in_the_output() throws Exception {
        try (var silent = TestReceiver.answering(TestReceiver.silence())) {
            var process = new HookScript(folder).urls(silent.url()).start(Map.of(), "101", "pre-start");
            try {
                Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !silent.requests()
                        .isEmpty());
                var proc = Path.of("/proc", Long.toString(process.pid()));
                for (var place : List.of("cmdline", "environ")) {
                    assertThat(Files.readString(proc.resolve(place), StandardCharsets.ISO_8859_1))
                            .isNotEmpty()
                            .doesNotContain("whsec_", HookScript.SECRET.substring(6));
                }
                assertThat(process.children()).isEmpty();
            } finally {
                process.destroyForcibly().waitFor();
            }
            var request = silent.requests().getFirst();
            assertThat(request.line() + request.headers() + request.body())
                    .doesNotContain("whsec_", HookScript.SECRET.substring(6));
        }
    }

    private TestReceiver.Request told(Map<String, String> environment, String... args) throws Exception {
        try (var receiver = TestReceiver.answering(TestReceiver.nothing(204))) {
            var run = new HookScript(folder).urls(receiver.url()).run(environment, args);

            assertThat(run.exit()).isZero();
            assertThat(run.all()).isEmpty();
            assertThat(receiver.requests()).hasSize(1);
            return receiver.requests().getFirst();
        }
    }
}
