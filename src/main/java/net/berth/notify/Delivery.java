package net.berth.notify;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import net.berth.engine.port.Timer;
import net.berth.engine.status.EventLog;

/**
 * Sends the events to one receiver, one after the other, on a thread of its own. The event log is its queue: it keeps the
 * last 1000 events, and a receiver that is farther behind gets a message that it missed some.
 */
final class Delivery implements Runnable {
    private static final Duration LOOK_UP = Duration.ofMinutes(1);

    private final WebhookSettings settings;
    private final RetryPolicy patience;
    private final EventLog events;
    private final EventFormat letters;
    private final WebhookClient post;
    private final WebhookStatus standing;
    private final Timer timer;
    private final Clock clock;
    private final RandomGenerator random;
    private final long begin;
    private Duration pause = Duration.ZERO;

    Delivery(
            WebhookSettings settings,
            RetryPolicy patience,
            EventLog events,
            EventFormat letters,
            WebhookClient post,
            Timer timer,
            Clock clock,
            RandomGenerator random,
            MeterRegistry meters) {
        this.settings = settings;
        this.patience = patience;
        this.events = events;
        this.letters = letters;
        this.post = post;
        this.timer = timer;
        this.clock = clock;
        this.random = random;
        this.begin = events.end().number();
        this.standing = new WebhookStatus(settings.title(), patience.down(), events, begin, clock, meters);
    }

    /** Runs until the thread is interrupted or the receiver answers 410. */
    @Override
    public void run() {
        long number = begin;
        try {
            while (!standing.stopped() && !Thread.currentThread().isInterrupted()) {
                List<EventLog.Entry> next = events.read(number, LOOK_UP);
                if (!next.isEmpty()) {
                    sendAll(number, next);
                    number = next.getLast().number();
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendAll(long known, List<EventLog.Entry> next) throws InterruptedException {
        EventLog.Entry first = next.getFirst();
        if (first.number() > known + 1) {
            String id = "missed-before-" + first.id();
            send(id, clock.instant(), letters.missed(id, clock.instant()));
        }
        for (EventLog.Entry entry : next) {
            if (standing.stopped()) {
                return;
            }
            if (settings.wants(entry.event().type())) {
                send(entry.id(), entry.time(), letters.of(entry));
            }
            standing.reached(entry.number());
        }
    }

    private void send(String id, Instant time, String body) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            pause();
            if (Duration.between(time, clock.instant()).compareTo(patience.age()) > 0) {
                standing.givenUp(id, "older than " + patience.age());
                return;
            }
            Instant start = clock.instant();
            Outcome outcome = post.send(id, body);
            standing.tried(outcome, Duration.between(start, clock.instant()));
            switch (outcome) {
                case Outcome.Accepted accepted -> {
                    return;
                }
                case Outcome.Gone gone -> {
                    return;
                }
                case Outcome.Failed failed -> pause = longer(failed.rest());
                case Outcome.Refused refused -> pause = longer(Duration.ZERO);
            }
            int most = outcome instanceof Outcome.Refused ? patience.refusals() : patience.tries();
            if (tries >= most) {
                standing.givenUp(id, "tried " + tries + " times");
                return;
            }
        }
    }

    /** After a failure it pauses before the next message, whichever that is. */
    private void pause() throws InterruptedException {
        Duration length = pause;
        pause = Duration.ZERO;
        if (length.isPositive()) {
            timer.pause(length);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private Duration longer(Duration asked) {
        Duration own = patience.pause(standing.failures(), random);
        Duration allowed = asked.compareTo(patience.age()) > 0 ? patience.age() : asked;
        return allowed.compareTo(own) > 0 ? allowed : own;
    }
}
