package net.berth.notify;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import net.berth.engine.SettableClock;
import net.berth.engine.port.Peer;
import net.berth.engine.port.Timer;
import net.berth.engine.report.Health.Follower;
import net.berth.engine.status.Event;
import net.berth.engine.status.EventLog;
import net.berth.http.json.EventJson;
import net.berth.security.Secret;
import net.berth.security.TlsTrust;

/** A log of events with a notifier on it, and time that passes only in the pauses between tries. */
final class NotifyBench implements AutoCloseable {
    static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    static final byte[] NEXT_KEY = "fedcba9876543210fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
    /** As usual, but for a deadline that a test can wait for. */
    static final RetryPolicy QUICK = new RetryPolicy(
            Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMinutes(5), 20, 3, Duration.ofHours(1), 3);

    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final SettableClock clock = new SettableClock();
    final EventLog events = new EventLog(clock);
    private final List<Notifier> notifiers = new CopyOnWriteArrayList<>();

    static final EventJson JSON = new EventJson("home");
    static final Notifier.EventFormat FORMAT = new Notifier.EventFormat(JSON::of, JSON::missed);

    private final Timer timer = new Timer() {
        @Override
        public Cancellable after(Duration delay, Runnable task) {
            throw new UnsupportedOperationException("nothing is put off");
        }

        @Override
        public void pause(Duration length) {
            pauses.add(length);
            clock.advance(length);
        }
    };

    NotifyBench notifies(WebhookSettings... receivers) {
        notifiers.add(Notifier.start(
                Arrays.asList(receivers),
                QUICK,
                new Notifier.Context(events, FORMAT, timer, clock, new Random(1), meters)));
        return this;
    }

    static WebhookSettings to(Hearer hearer, String... types) {
        return new WebhookSettings(
                "chat", hearer.url(), List.of(Secret.of(KEY)), Set.of(types), new TlsTrust.JvmDefault());
    }

    Event happens(int number) {
        Event event = new Event.RouterCommitted(1, number);
        events.add(event);
        return event;
    }

    void systemDown() {
        events.add(new Event.SystemDown(Peer.ROUTER, "it does not answer"));
    }

    Follower follower() {
        return events.followers().getFirst();
    }

    List<String> told() {
        try {
            return events.read(0, Duration.ZERO).stream()
                    .map(entry -> entry.event().type())
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        notifiers.forEach(Notifier::close);
    }
}
