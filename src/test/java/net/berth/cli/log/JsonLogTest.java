package net.berth.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log for machines, in place of the one that ships. */
class JsonLogTest {
    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    @BeforeEach
    void configure() throws Exception {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
        LogForm.useJson(context);
        heard.start();
        context.getLogger("net.berth").addAppender(heard);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void a_decision_is_one_line_with_its_parts_in_the_words_of_the_plan() throws Exception {
        context.getLogger("net.berth.engine.Applier")
                .atInfo()
                .addKeyValue("guest", "home/qemu/101")
                .addKeyValue("reason", "net0 has no address yet")
                .log("{}: {}", "home/qemu/101 net0", "claim 192.168.1.20 in NIPAP");

        JsonNode line = line();
        assertThat(line.path("level").asText()).isEqualTo("INFO");
        assertThat(line.path("message").asText()).isEqualTo("home/qemu/101 net0: claim 192.168.1.20 in NIPAP");
        assertThat(line.path("guest").asText()).isEqualTo("home/qemu/101");
        assertThat(line.path("reason").asText()).isEqualTo("net0 has no address yet");
        assertThat(line.path("time").asText()).matches("\\d{4}-\\d{2}-\\d{2}T.*Z");
    }

    @Test
    void a_fault_has_its_stack_in_the_same_line() throws Exception {
        context.getLogger("net.berth.http").error("GET\n/ failed", new IllegalStateException("odd\nthing"));

        assertThat(line().path("error").asText()).contains("IllegalStateException: odd", "JsonLogTest");
    }

    private JsonNode line() throws Exception {
        String text = new String(encoder().encode(heard.list.getFirst()), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(text.indexOf('\n')).as("one line: " + text).isEqualTo(text.length() - 1);
        return new ObjectMapper().readTree(text);
    }

    private Encoder<ILoggingEvent> encoder() {
        return ((ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("STDERR")).getEncoder();
    }
}
