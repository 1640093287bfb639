package net.berth;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log that ships with the program. */
class LoggingTest {
    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void configure() throws Exception {
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void an_entry_is_one_line_whatever_a_guest_is_called() {
        assertThat(printed("guest \"web\n10:00:00 INFO forged\u001b[2J\r\" settled"))
                .matches("[0-9:]{8} INFO {2}guest \"web 10:00:00 INFO forged \\[2J \" settled\\R");
    }

    @Test
    void an_entry_has_no_escape_and_no_turned_reading_direction_of_any_kind() {
        assertThat(printed("guest \u009b2J\u202egnp\u2028x\u0085y\u2066 settled"))
                .matches("[0-9:]{8} INFO {2}guest {2}2J gnp x y {2}settled\\R");
    }

    @Test
    void an_entry_has_an_end() {
        assertThat(printed("node " + "x".repeat(100_000)))
                .hasSizeLessThan(11_000)
                .contains("node xxx")
                .endsWith("x\n");
    }

    @Test
    void an_exception_begins_no_entry_of_its_own() {
        var failure = new IllegalStateException(
                "no\n10:00:00 INFO  forged\r\u001b[2J\u202e", new RuntimeException("a\n10:00:01 forged"));
        assertThat(printed("it failed", failure).lines().skip(1))
                .hasSizeGreaterThan(3)
                .allSatisfy(line -> assertThat(line).startsWith("  ").doesNotContainPattern("[\\p{C}&&[^\t]]"));
    }

    @Test
    void the_libraries_are_quiet_and_never_told_to_show_what_goes_over_the_wire() {
        assertThat(context.getLogger("net.berth.engine").getEffectiveLevel()).isEqualTo(Level.INFO);
        for (var library : new String[] {"io.helidon.webclient", "com.jcraft.jsch", "org.apache.xmlrpc", "jdk.event"}) {
            assertThat(context.getLogger(library).isInfoEnabled()).as(library).isFalse();
        }
    }

    @Test
    void whoever_sends_broken_requests_does_not_fill_the_log() {
        assertThat(context.getLogger("io.helidon.webserver.http1.Http1Connection")
                        .isWarnEnabled())
                .isFalse();
    }

    @Test
    void standard_output_stays_free_for_answers() {
        assertThat(appender().getTarget()).isEqualTo("System.err");
    }

    private String printed(String message) {
        return printed(message, null);
    }

    private String printed(String message, Throwable failure) {
        var logger = context.getLogger("net.berth.engine");
        var event = new LoggingEvent("x", logger, Level.INFO, message, failure, null);
        return new String(appender().getEncoder().encode(event), StandardCharsets.UTF_8);
    }

    private ConsoleAppender<ILoggingEvent> appender() {
        return (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("STDERR");
    }
}
