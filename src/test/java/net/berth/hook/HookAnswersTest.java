package net.berth.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer of a receiver means to a guest's start. */
class HookAnswersTest {
    private static final String GUEST = """
            {"id":"home/qemu/101","vmid":101,"name":"web","state":"settled","nics":[
             {"name":"net0","mac":"BC:24:11:00:00:01","network":"lan","address":"192.168.1.20/24","fqdn":"web.home.lan"},
             {"name":"net1","mac":"BC:24:11:00:00:02","network":"dmz","address":"10.0.0.9/24","fqdn":null}],
             "conflicts":[{"code":"NAME_TAKEN","nic":"net1","message":"web.home.lan belongs to guest 100","fix":"rename"}]}
            """;

    @TempDir
    Path folder;

    @Test
    void a_settled_guest_is_told_with_one_line_per_nic_and_one_per_conflict() throws Exception {
        var run = run(TestReceiver.answer(200, "application/json", GUEST), "pre-start");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("""
                        berth: net0 192.168.1.20/24 web.home.lan lan
                        berth: net1 10.0.0.9/24 dmz
                        berth: NAME_TAKEN net1 web.home.lan belongs to guest 100
                        """);
    }

    @ParameterizedTest
    @ValueSource(ints = {202, 204})
    void a_guest_that_is_accepted_or_not_selected_starts_without_a_word(int status) throws Exception {
        var run = run(TestReceiver.nothing(status), "pre-start");

        assertThat(run.exit()).isZero();
        assertThat(run.all()).isEmpty();
    }

    @Test
    void a_proven_duplicate_address_refuses_the_start_with_its_reason() throws Exception {
        var run = run(TestReceiver.problem(409, "192.168.1.20 belongs to guest 100 (web)"), "pre-start");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("berth: the guest is not started: 192.168.1.20 belongs to guest 100 (web)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"post-start", "pre-stop", "post-stop"})
    void a_duplicate_address_is_only_told_in_the_other_phases(String phase) throws Exception {
        var run = run(TestReceiver.problem(409, "192.168.1.20 belongs to guest 100 (web)"), phase);

        assertThat(run.exit()).isZero();
        assertThat(run.all()).contains("192.168.1.20 belongs to guest 100 (web)");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 413, 429, 500, 503})
    void any_other_answer_is_one_warning_and_the_guest_starts(int status) throws Exception {
        var run = run(TestReceiver.problem(status, "because of this"), "pre-start");

        assertWarned(run, "answered " + status);
        assertThat(run.err()).contains("because of this");
    }

    @Test
    void a_409_of_something_that_is_not_berth_refuses_nothing() throws Exception {
        assertWarned(run(TestReceiver.answer(409, "text/html", "<h1>no</h1>"), "pre-start"), "answered 409");
        assertWarned(
                run(TestReceiver.answer(409, "application/json", "{\"detail\":\"edit conflict\"}"), "pre-start"),
                "answered 409");
        assertWarned(run(TestReceiver.answer(409, "application/problem+json", "[]"), "pre-start"), "answered 409");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[]", "null", "{}", "{\"nics\":{}}", "\"text\"", "{\"nics\":["})
    void an_ok_that_describes_no_guest_is_one_warning(String body) throws Exception {
        assertWarned(run(TestReceiver.answer(200, "application/json", body), "pre-start"), "answered 200");
    }

    @Test
    void values_of_another_type_than_expected_are_left_out() throws Exception {
        var odd =
                "{\"nics\":[7,null,[],{\"name\":{},\"address\":[1],\"fqdn\":true,\"network\":\"lan\"}],\"conflicts\":4}";
        var run = run(TestReceiver.answer(200, "application/json", odd), "pre-start");

        assertThat(run.exit()).isZero();
        assertThat(run.all()).isEqualTo("berth: lan\n");
    }

    @Test
    void terminal_escapes_and_line_breaks_of_a_receiver_do_not_reach_the_task_log() throws Exception {
        var detail = "a\\u001b[2Jb\\r\\nTASK OK\\u0007\\u202e\\u009b";
        var run = run(TestReceiver.problem(409, detail), "pre-start");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("berth: the guest is not started: a?[2Jb?TASK OK?\n");
    }

    @Test
    void a_long_reason_is_cut_and_a_long_list_too() throws Exception {
        var run = run(TestReceiver.problem(500, "x".repeat(5000)), "pre-start");
        assertThat(run.err().length()).isLessThan(600);

        var nics = "{\"name\":\"net0\"},".repeat(2000) + "{}";
        var many = run(TestReceiver.answer(200, "application/json", "{\"nics\":[" + nics + "]}"), "pre-start");
        assertThat(many.exit()).isZero();
        assertThat(many.out().lines().count()).isLessThan(50);
    }

    @Test
    void an_endless_answer_is_dropped() throws Exception {
        assertWarned(
                run(
                        out -> {
                            head(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
                            while (true) {
                                out.write(new byte[8192]);
                            }
                        },
                        "pre-start"),
                "exceeds");
    }

    @Test
    void endless_headers_a_deep_document_and_a_torn_answer_are_dropped() throws Exception {
        assertWarned(
                run(
                        out -> {
                            head(out, "HTTP/1.1 200 OK\r\n");
                            while (true) {
                                head(out, "X-More: y\r\n");
                            }
                        },
                        "pre-start"),
                "Header lines");
        assertWarned(
                run(TestReceiver.answer(200, "application/json", "[".repeat(60_000)), "pre-start"), "answered 200");
        assertWarned(run(out -> head(out, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"), "pre-start"), "");
        assertWarned(run(out -> head(out, "SSH-2.0-OpenSSH_9.2\r\n"), "pre-start"), "");
        assertWarned(run(out -> {}, "pre-start"), "");
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        try (var other = TestReceiver.answering(TestReceiver.nothing(204))) {
            var run = run(
                    out -> head(
                            out, "HTTP/1.1 307 Moved\r\nLocation: " + other.url() + "/\r\nContent-Length: 0\r\n\r\n"),
                    "pre-start");

            assertWarned(run, "answered 307");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void an_answer_in_chunks_is_understood() throws Exception {
        var run = run(
                out -> head(
                        out,
                        String.join(
                                "\r\n",
                                "HTTP/1.1 200 OK",
                                "Content-Type: application/json",
                                "Transfer-Encoding: chunked",
                                "",
                                "8",
                                "{\"nics\":",
                                "13",
                                "[{\"name\":\"netzero\"}",
                                "2",
                                "]}",
                                "0",
                                "",
                                "")),
                "pre-start");

        assertThat(run.out()).isEqualTo("berth: netzero\n");
    }

    private HookScript.Run run(TestReceiver.Reply reply, String phase) throws Exception {
        try (var receiver = TestReceiver.answering(reply)) {
            return new HookScript(folder).urls(receiver.url()).run("101", phase);
        }
    }

    private static void assertWarned(HookScript.Run run, String about) {
        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("berth: warning: ").contains(about).hasLineCount(1);
    }

    private static void head(OutputStream out, String text) throws java.io.IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
