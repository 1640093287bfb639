package net.berth.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.berth.engine.port.Peer;
import net.berth.engine.port.RealTimer;
import net.berth.engine.status.Event;
import net.berth.engine.status.EventLog;
import net.berth.http.EveryEvent;
import net.berth.security.Secret;
import net.berth.security.TlsTrust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual of the events says what is so, and its examples work. */
class EventsManualTest {
    private static final Path MANUAL = Path.of("docs/events.md");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void everyTypeHasItsRow() throws IOException {
        Set<String> rows = Pattern.compile("^\\| `([a-z.]+)` \\|", Pattern.MULTILINE)
                .matcher(Files.readString(MANUAL))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        Set<String> types = EveryEvent.events().stream().map(Event::type).collect(Collectors.toSet());
        types.add("events.missed");
        assertThat(rows).isEqualTo(types);
    }

    @Test
    void theReceiverOfTheManualTakesWhatBerthSignsAndWhatAPersonSignsAndNothingElse() throws Exception {
        Path secret = Files.writeString(
                folder.resolve("notify.secret"), "whsec_" + Base64.getEncoder().encodeToString(NotifyBench.KEY) + "\n");
        Path script = Files.writeString(folder.resolve("receiver.pl"), block("perl"));
        Path out = folder.resolve("out");
        Process receiver = new ProcessBuilder("perl", script.toString(), "0", secret.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            await().atMost(PATIENCE).until(() -> Files.readString(out).startsWith("listening on "));
            String port = Files.readString(out).replaceFirst("(?s)listening on (\\d+).*", "$1");
            EventLog events = new EventLog(Clock.systemUTC());
            WebhookSettings settings = new WebhookSettings(
                    "perl",
                    URI.create("http://127.0.0.1:" + port + "/"),
                    List.of(Secret.of(NotifyBench.NEXT_KEY), Secret.of(NotifyBench.KEY)),
                    Set.of(),
                    new TlsTrust.JvmDefault());
            try (RealTimer timer = new RealTimer();
                    Notifier notifier = Notifier.start(
                            List.of(settings),
                            new Notifier.Context(
                                    events,
                                    NotifyBench.FORMAT,
                                    timer,
                                    Clock.systemUTC(),
                                    new Random(1),
                                    new SimpleMeterRegistry()))) {
                assertThat(notifier).isNotNull();
                events.add(new Event.SystemDown(Peer.ROUTER, "it does not answer"));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(out).content().contains("system.down router"));
            }
            String curl = block("sh").replace(":8481/", ":" + port + "/");
            assertThat(shell(curl)).isEqualTo("204");
            assertThat(out).content().contains("system.up router");
            assertThat(shell(curl.replace("-d \"$body\"", "-d \"$body \"")))
                    .as("a changed body")
                    .isEqualTo("401");
            assertThat(shell(curl.replace("time=$(date +%s)", "time=1700000000")))
                    .as("an old message")
                    .isEqualTo("401");
            assertThat(Files.readAllLines(out)).hasSize(3);
        } finally {
            receiver.destroy();
            assertThat(receiver.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** The last block of this language. */
    private static String block(String language) throws IOException {
        Matcher blocks = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(MANUAL));
        return blocks.results().reduce((first, last) -> last).orElseThrow().group(1);
    }

    private String shell(String commands) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }
}
