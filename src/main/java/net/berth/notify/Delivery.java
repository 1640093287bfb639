package net.berth.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.berth.engine.status.EventLog;
import net.berth.notify.WebhookClient.Outcome;
import net.berth.notify.WebhookClient.Result;

/**
 * Sends the events to one receiver, one after the other, on a thread of its own. The event log is its queue: it keeps the
 * last 1000 events, and a receiver that is farther behind gets a message that it missed some.
 */
final class Delivery implements Runnable, AutoCloseable {
    private static final Duration READ = Duration.ofMinutes(1);
    private final WebhookSettings settings;
    private final RetryPolicy retries;
    private final Notifier.Context context;
    private final Clock clock;
    private final WebhookClient client;
    private final WebhookStatus status;
    private final long begin;
    private Duration pause = Duration.ZERO;

    Delivery(WebhookSettings settings, RetryPolicy retries, Notifier.Context context) {
        this.settings = settings;
        this.retries = retries;
        this.context = context;
        this.clock = context.clock();
        this.client = new WebhookClient(settings, retries.deadline(), clock);
        this.begin = context.events().end().number();
        this.status = new WebhookStatus(settings.title(), retries.down(), begin, context);
    }

    /** Runs until the thread is interrupted or the receiver answers 410. */
    @Override
    public void run() {
        long number = begin;
        try {
            while (!status.stopped() && !Thread.currentThread().isInterrupted()) {
                List<EventLog.Entry> next = context.events().read(number, READ);
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
            Instant now = clock.instant();
            send(id, now, context.format().missed().apply(id, now));
        }
        for (EventLog.Entry entry : next) {
            if (status.stopped()) {
                return;
            }
            if (settings.wants(entry.event().type())) {
                send(entry.id(), entry.time(), context.format().event().apply(entry));
            }
            status.reached(entry.number());
        }
    }

    private void send(String id, Instant time, String body) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            pause();
            if (Duration.between(time, clock.instant()).compareTo(retries.age()) > 0) {
                status.givenUp(id, "older than " + retries.age());
                return;
            }
            Instant start = clock.instant();
            Outcome outcome = client.send(id, body);
            status.tried(outcome, Duration.between(start, clock.instant()));
            if (outcome.result() == Result.OK || outcome.result() == Result.GONE) {
                return;
            }
            pause = longer(outcome.pause());
            int most = outcome.result() == Result.REFUSED ? retries.refusals() : retries.tries();
            if (tries >= most) {
                status.givenUp(id, "tried " + tries + " times");
                return;
            }
        }
    }

    /** After a failure it pauses before the next message, whichever that is. */
    private void pause() throws InterruptedException {
        Duration length = pause;
        pause = Duration.ZERO;
        if (length.isPositive()) {
            context.timer().pause(length);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private Duration longer(Duration asked) {
        Duration own = retries.pause(status.failures(), context.random());
        Duration allowed = asked.compareTo(retries.age()) > 0 ? retries.age() : asked;
        return allowed.compareTo(own) > 0 ? allowed : own;
    }

    @Override
    public void close() {
        client.close();
    }
}
