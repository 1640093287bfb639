package net.berth.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log on a terminal has its own time; in the journal it has its level, and the time is the journal's. */
class JournalLogTest {
    private final LoggerContext context = new LoggerContext();

    @TempDir
    private Path folder;

    @BeforeEach
    void configure() throws Exception {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @CsvSource({"ERROR,<3>", "WARN,<4>", "INFO,<6>", "DEBUG,<7>", "TRACE,<7>"})
    void aLineHasItsLevelAndNoTimeInTheJournalAndATimeAndNoNumberElsewhere(String word, String prefix) {
        Level level = Level.toLevel(word);
        assertThat(printed(level, "ready", null)).matches("[0-9:]{8} " + word + " +ready\n");
        LogForm.useJournal(context);
        assertThat(printed(level, "ready", null)).matches(prefix + word + " +ready\n");
    }

    @Test
    void eachLineOfAnExceptionHasTheLevel() {
        LogForm.useJournal(context);
        String lines = printed(Level.WARN, "it failed", new IllegalStateException("no\n<0>forged"));
        assertThat(lines.lines()).hasSizeGreaterThan(3).allMatch(line -> line.startsWith("<4>"));
    }

    @Test
    void theLogForMachinesHasNoNumberElsewhere() {
        LogForm.useJson(context);
        assertThat(printed(Level.WARN, "ready", null)).startsWith("{\"time\":");
    }

    @Test
    void theLogForMachinesIsStillOneObjectBehindTheLevel() {
        LogForm.useJournal(context);
        LogForm.useJson(context);
        assertThat(printed(Level.WARN, "ready", null))
                .startsWith("<4>{\"time\":")
                .endsWith("}\n");
    }

    @Test
    void theJournalIsMetOnlyWhereStandardErrorIsItsStream() throws IOException {
        Path stream = Files.createFile(folder.resolve("stream"));
        Path other = Files.createFile(folder.resolve("other"));
        Map<String, Object> its = Files.readAttributes(stream, "unix:dev,ino");
        Map<String, String> environment = Map.of("JOURNAL_STREAM", its.get("dev") + ":" + its.get("ino"));
        assertThat(Journal.connected(environment, stream)).isTrue();
        assertThat(Journal.connected(environment, other)).isFalse();
        assertThat(Journal.connected(environment, folder.resolve("none"))).isFalse();
        assertThat(Journal.connected(Map.of(), stream)).isFalse();
        for (String odd : List.of("", ":", "1", its.get("dev") + ":")) {
            assertThat(Journal.connected(Map.of("JOURNAL_STREAM", odd), stream)).isFalse();
        }
    }

    private String printed(Level level, String message, Throwable failure) {
        var event = new LoggingEvent("x", context.getLogger("net.berth.engine"), level, message, failure, null);
        var appender =
                (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("STDERR");
        return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    }
}
