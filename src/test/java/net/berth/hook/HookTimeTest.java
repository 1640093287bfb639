package net.berth.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start is never held hostage: 2 s when no receiver is there, the wait and 2 s more when it is slow. */
@Tag("alone")
class HookTimeTest {
    private static final Duration DOWN = Duration.ofSeconds(2);

    /** A port without a listener; the kernel never assigns it to a program. */
    private static final String CLOSED = "http://127.0.0.1:1";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"pre-start", "post-stop"})
    void receivers_that_refuse_the_connection_cost_less_than_two_seconds(String phase) throws Exception {
        var run = new HookScript(folder).urls(CLOSED, CLOSED).run("101", phase);

        assertThat(run.took()).isLessThan(DOWN);
        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("Connection refused").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void receivers_that_swallow_every_packet_cost_less_than_two_seconds(int dead) throws Exception {
        try (var hole = new BlackHole()) {
            var urls = new String[dead];
            java.util.Arrays.fill(urls, hole.url());
            var run = new HookScript(folder).urls(urls).run("101", "pre-start");

            assertThat(run.took()).isBetween(Duration.ofMillis(500), DOWN);
            assertThat(run.exit()).isZero();
            assertThat(run.err()).contains("not reached in time").hasLineCount(1);
        }
    }

    @Test
    void a_receiver_that_accepts_but_never_speaks_tls_costs_less_than_two_seconds() throws Exception {
        try (var mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var run = new HookScript(folder)
                    .urls("https://127.0.0.1:" + mute.getLocalPort())
                    .run("101", "pre-start");

            assertThat(run.took()).isLessThan(DOWN);
            assertThat(run.exit()).isZero();
            assertThat(run.err()).startsWith("berth: warning: ").hasLineCount(1);
        }
    }

    @Test
    void the_next_receiver_is_told_when_the_first_ones_are_dead() throws Exception {
        try (var hole = new BlackHole();
                var second = TestReceiver.answering(TestReceiver.nothing(204))) {
            var run = new HookScript(folder)
                    .urls(CLOSED, hole.url(), "http://no-such-host.invalid:1", second.url())
                    .run("101", "pre-start");

            assertThat(run.took()).isLessThan(DOWN);
            assertThat(run.exit()).isZero();
            assertThat(run.all()).isEmpty();
            assertThat(second.requests()).hasSize(1);
        }
    }

    @Test
    void only_one_receiver_is_told() throws Exception {
        try (var first = TestReceiver.answering(TestReceiver.problem(500, "no"));
                var second = TestReceiver.answering(TestReceiver.nothing(204))) {
            new HookScript(folder).urls(first.url(), second.url()).run("101", "pre-start");

            assertThat(first.requests()).hasSize(1);
            assertThat(second.requests()).isEmpty();
        }
    }

    @Test
    void a_slow_receiver_holds_a_start_for_the_wait_and_two_seconds_at_most() throws Exception {
        try (var silent = TestReceiver.answering(TestReceiver.silence())) {
            var run = new HookScript(folder).urls(silent.url()).run("101", "pre-start");

            assertThat(run.took()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
            assertThat(run.exit()).isZero();
            assertThat(run.err()).contains("no answer within").hasLineCount(1);
        }
    }

    @Test
    void an_answer_that_drips_ends_at_the_same_limit() throws Exception {
        var pause = new java.util.concurrent.CountDownLatch(1);
        try (var dripping = TestReceiver.answering(out -> {
            for (var letter : ("HTTP/1.1 200 OK\r\nX: " + "y".repeat(9000)).toCharArray()) {
                out.write(letter);
                out.flush();
                if (pause.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        })) {
            var run = new HookScript(folder).urls(dripping.url()).run("101", "pre-start");

            assertThat(run.took()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
            assertThat(run.exit()).isZero();
            assertThat(run.err()).contains("no answer within").hasLineCount(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"post-start", "pre-stop", "post-stop"})
    void the_other_phases_do_not_wait_for_the_work(String phase) throws Exception {
        try (var silent = TestReceiver.answering(TestReceiver.silence())) {
            var conf = List.of("url = " + silent.url(), "secret = " + HookScript.SECRET, "wait = 60");
            var run = new HookScript(folder).config(conf).run("101", phase);

            assertThat(run.took()).isLessThan(Duration.ofMillis(4500));
            assertThat(run.exit()).isZero();
            assertThat(silent.requests().getFirst().headers()).doesNotContainKey("prefer");
        }
    }

    @Test
    void a_receiver_that_answers_within_the_wait_is_waited_for() throws Exception {
        var pause = new java.util.concurrent.CountDownLatch(1);
        try (var slow = TestReceiver.answering(out -> {
            assertThat(pause.await(1500, java.util.concurrent.TimeUnit.MILLISECONDS))
                    .isFalse();
            TestReceiver.problem(409, "taken").to(out);
        })) {
            var run = new HookScript(folder).urls(slow.url()).run("101", "pre-start");

            assertThat(run.exit()).isEqualTo(1);
        }
    }

    /** The name server that is down, as the resolver's own waiting: a function that comes back after 10 s. */
    @Test
    void a_name_that_takes_long_to_resolve_does_not_hold_the_start() throws Exception {
        Files.writeString(folder.resolve("SlowNames.pm"), """
                package SlowNames;
                require Socket;
                my $real = \\&Socket::getaddrinfo;
                no warnings;
                *Socket::getaddrinfo = sub { select undef, undef, undef, 10 if $_[0] =~ /slow/; $real->(@_) };
                1;
                """);
        try (var second = TestReceiver.answering(TestReceiver.nothing(204))) {
            var run = new HookScript(folder)
                    .urls("http://slow.test:8480", second.url())
                    .run(Map.of("PERL5OPT", "-I" + folder + " -MSlowNames"), "101", "pre-start");

            assertThat(run.took()).isLessThan(DOWN);
            assertThat(run.all()).isEmpty();
            assertThat(second.requests()).hasSize(1);
        }
    }

    /** A listener whose queue is full: the kernel drops further SYNs, as a host that is off the network does. */
    private static final class BlackHole implements AutoCloseable {
        private static final int TRIES = 20;
        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> fill = new ArrayList<>();

        BlackHole() throws IOException {
            for (var i = 0; i < TRIES; i++) {
                var socket = new Socket();
                fill.add(socket);
                try {
                    socket.connect(server.getLocalSocketAddress() instanceof InetSocketAddress a ? a : null, 200);
                } catch (java.net.SocketTimeoutException full) {
                    return;
                }
            }
            throw new IOException("the queue does not fill");
        }

        String url() {
            return "http://127.0.0.1:" + server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (var socket : fill) {
                socket.close();
            }
            server.close();
        }
    }
}
