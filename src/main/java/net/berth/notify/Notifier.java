package net.berth.notify;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import net.berth.engine.port.Timer;
import net.berth.engine.status.EventLog;

/** Sends events to the receivers, each on a thread of its own, so that a slow one delays nothing else. */
public final class Notifier implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(2);
    private final List<Thread> threads = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();

    /**
     * The form of events on the wire: CloudEvents 1.0, structured JSON, as in the stream of events.
     *
     * @param event the form of an event
     * @param missed the form of the message that events are lost to the receiver, with its id and time
     */
    public record EventFormat(Function<EventLog.Entry, String> event, BiFunction<String, Instant, String> missed) {}

    /** What every delivery needs. */
    public record Context(
            EventLog events,
            EventFormat format,
            Timer timer,
            Clock clock,
            RandomGenerator random,
            MeterRegistry meters) {}

    /** Starts with the next event; the receivers have unique titles. */
    public static Notifier start(List<WebhookSettings> receivers, Context context) {
        return start(receivers, RetryPolicy.USUAL, context);
    }

    static Notifier start(List<WebhookSettings> receivers, RetryPolicy retries, Context context) {
        Notifier notifier = new Notifier();
        for (WebhookSettings receiver : receivers) {
            Delivery delivery = new Delivery(receiver, retries, context);
            notifier.deliveries.add(delivery);
            notifier.threads.add(
                    Thread.ofVirtual().name("notify " + receiver.title()).unstarted(delivery));
        }
        notifier.threads.forEach(Thread::start);
        return notifier;
    }

    private Notifier() {}

    /** Stops at once; a message that is being sent may or may not arrive. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        deliveries.forEach(Delivery::close);
        try {
            for (Thread thread : threads) {
                thread.join(END);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
