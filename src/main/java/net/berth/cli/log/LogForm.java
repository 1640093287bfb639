package net.berth.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.berth.model.ShownText;
import org.slf4j.LoggerFactory;

/** The form of the log's lines for the journal, and for machines. */
public final class LogForm extends EncoderBase<ILoggingEvent> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TIME = "%d{HH:mm:ss} ";
    private static final byte[] NOTHING = new byte[0];
    private final Function<ILoggingEvent, String> lines;
    private final boolean levels;

    private LogForm(Function<ILoggingEvent, String> lines, boolean levels) {
        this.lines = lines;
        this.levels = levels;
    }

    /**
     * Switches the program's log to the form for the journal: each line begins with its level as a number, which the journal
     * strips and records (sd-daemon(3)); without a time, which the journal records itself.
     */
    public static void useJournal() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            useJournal(context);
        }
    }

    static void useJournal(LoggerContext context) {
        if (context.getLogger("ROOT").getAppender("STDERR") instanceof ConsoleAppender<ILoggingEvent> appender
                && appender.getEncoder() instanceof PatternLayoutEncoder timed) {
            PatternLayout plain = new PatternLayout();
            plain.setContext(context);
            plain.setPattern(timed.getPattern().replace(TIME, ""));
            plain.start();
            set(appender, new LogForm(plain::doLayout, true));
        }
    }

    /**
     * Switches the program's log to one JSON object a line with {@code time} (UTC), {@code level}, {@code logger}, {@code
     * message}; for a decision {@code guest}, {@code nic}, {@code action} and {@code reason} as in a plan; {@code error} with
     * the stack. Lines that had levels for the journal keep them.
     */
    public static void useJson() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            useJson(context);
        }
    }

    static void useJson(LoggerContext context) {
        if (context.getLogger("ROOT").getAppender("STDERR") instanceof ConsoleAppender<ILoggingEvent> appender) {
            ThrowableProxyConverter stack = new ThrowableProxyConverter();
            stack.setOptionList(List.of("8"));
            stack.start();
            boolean levels = appender.getEncoder() instanceof LogForm before && before.levels;
            set(appender, new LogForm(event -> json(event, stack), levels));
        }
    }

    private static void set(ConsoleAppender<ILoggingEvent> appender, LogForm form) {
        form.setContext(appender.getContext());
        form.start();
        appender.stop();
        appender.setEncoder(form);
        appender.start();
    }

    private static String json(ILoggingEvent event, ThrowableProxyConverter stack) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", event.getInstant().toString());
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("message", ShownText.LINE.cut(event.getFormattedMessage()));
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs()
                    .forEach(pair -> line.put(pair.key, ShownText.MESSAGE.cut(String.valueOf(pair.value))));
        }
        if (event.getThrowableProxy() != null) {
            line.put("error", stack.convert(event));
        }
        try {
            return JSON.writeValueAsString(line) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are always writable as JSON", e);
        }
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String text = lines.apply(event);
        String prefix = "<" + number(event.getLevel()) + ">";
        // Each line is an entry of its own in the journal, those of an exception too.
        String all = levels ? text.lines().map(line -> prefix + line + "\n").collect(Collectors.joining()) : text;
        return all.getBytes(StandardCharsets.UTF_8);
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
