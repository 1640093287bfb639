package net.berth.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * The log for the journal: each line begins with its level as a number, which the journal strips and records (sd-daemon(3));
 * without a time, which the journal records itself.
 */
public final class JournalLog extends EncoderBase<ILoggingEvent> {
    private static final String TIME = "%d{HH:mm:ss} ";
    private static final byte[] NOTHING = new byte[0];
    private final Encoder<ILoggingEvent> lines;

    private JournalLog(Encoder<ILoggingEvent> lines) {
        this.lines = lines;
    }

    /** Switches the program's log to this form. */
    public static void use() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            use(context);
        }
    }

    static void use(LoggerContext context) {
        if (context.getLogger("ROOT").getAppender("STDERR") instanceof ConsoleAppender<ILoggingEvent> appender
                && appender.getEncoder() instanceof PatternLayoutEncoder timed) {
            PatternLayoutEncoder plain = new PatternLayoutEncoder();
            plain.setContext(context);
            plain.setCharset(timed.getCharset());
            plain.setPattern(timed.getPattern().replace(TIME, ""));
            plain.start();
            appender.stop();
            appender.setEncoder(levelled(context, plain));
            appender.start();
        }
    }

    /** Adds the levels to these lines if the log has had them before. */
    static Encoder<ILoggingEvent> asBefore(
            LoggerContext context, Encoder<ILoggingEvent> before, Encoder<ILoggingEvent> lines) {
        return before instanceof JournalLog ? levelled(context, lines) : lines;
    }

    private static JournalLog levelled(LoggerContext context, Encoder<ILoggingEvent> lines) {
        JournalLog log = new JournalLog(lines);
        log.setContext(context);
        log.start();
        return log;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String prefix = "<" + number(event.getLevel()) + ">";
        // Each line is an entry of its own in the journal, those of an exception too.
        return new String(lines.encode(event), StandardCharsets.UTF_8)
                .lines()
                .map(line -> prefix + line + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** As in syslog(3). */
    private static int number(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> 3;
            case Level.WARN_INT -> 4;
            case Level.INFO_INT -> 6;
            default -> 7;
        };
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
