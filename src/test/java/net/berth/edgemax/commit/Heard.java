package net.berth.edgemax.commit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What the driver logs while this is open. */
final class Heard implements AutoCloseable {
    private final Logger log = (Logger) LoggerFactory.getLogger("net.berth.edgemax");
    private final ListAppender<ILoggingEvent> ear = new ListAppender<>();

    Heard() {
        ear.start();
        log.addAppender(ear);
    }

    /** What is meant for a person who shall do something. */
    List<String> errors() {
        return at(Level.ERROR);
    }

    /** What a person may want to know. */
    List<String> warnings() {
        return at(Level.WARN);
    }

    private List<String> at(Level level) {
        return List.copyOf(ear.list).stream()
                .filter(event -> event.getLevel().equals(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        log.detachAppender(ear);
    }
}
