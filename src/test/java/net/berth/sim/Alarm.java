package net.berth.sim;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Hushes the engine's log while many seeds run, but for errors: the engine logs what it did not expect as one. */
final class Alarm {
    private static final int MOST = 20;

    private final Logger log = (Logger) LoggerFactory.getLogger("net.berth.engine");
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> ear = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (heard.size() < MOST) {
                heard.add(event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : " " + ThrowableProxyUtil.asString(event.getThrowableProxy())));
            }
        }
    };

    void begin() {
        log.setLevel(Level.ERROR);
        ear.start();
        log.addAppender(ear);
    }

    void end() {
        log.detachAppender(ear);
        log.setLevel(null);
    }

    List<String> heard() {
        return List.copyOf(heard);
    }
}
