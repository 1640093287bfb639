package net.berth.notify;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import net.berth.engine.port.Timer;
import net.berth.engine.status.EventLog;

/**
 * Sends events to the receivers in the settings. Each has its own thread, connection and position in the log, so a slow or
 * dead one delays neither the others nor the engine.
 */
public final class Notifier implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(2);

    private final List<Thread> threads = new ArrayList<>();
    private final List<WebhookClient> posts = new ArrayList<>();

    /**
     * Starts with the next event.
     *
     * @param receivers with unique titles
     * @param timer for the pauses between tries
     */
    public static Notifier start(
            List<WebhookSettings> receivers,
            EventLog events,
            EventFormat letters,
            Timer timer,
            Clock clock,
            RandomGenerator random,
            MeterRegistry meters) {
        return start(receivers, RetryPolicy.USUAL, events, letters, timer, clock, random, meters);
    }

    static Notifier start(
            List<WebhookSettings> receivers,
            RetryPolicy patience,
            EventLog events,
            EventFormat letters,
            Timer timer,
            Clock clock,
            RandomGenerator random,
            MeterRegistry meters) {
        Notifier notifier = new Notifier();
        for (WebhookSettings receiver : receivers) {
            WebhookClient post = new WebhookClient(receiver, patience.deadline(), clock);
            Delivery delivery = new Delivery(receiver, patience, events, letters, post, timer, clock, random, meters);
            notifier.posts.add(post);
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
        posts.forEach(WebhookClient::close);
        try {
            for (Thread thread : threads) {
                thread.join(END);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
