package net.berth.notify;

import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import net.berth.engine.report.Health.Follower;
import net.berth.engine.status.Event;
import net.berth.notify.WebhookClient.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The status of a receiver: in health and metrics, and at each change in the log and the events. */
final class WebhookStatus {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookStatus.class);

    private final String title;
    private final int downAfter;
    private final Notifier.Context context;
    private volatile long number;
    private volatile State state = new State(true, false, 0, Instant.EPOCH, "");

    private record State(boolean up, boolean stopped, int failures, Instant lastSuccess, String problem) {}

    WebhookStatus(String title, int downAfter, long number, Notifier.Context context) {
        this.title = title;
        this.downAfter = downAfter;
        this.number = number;
        this.context = context;
        Tags tags = Tags.of("receiver", title);
        context.meters().gauge("berth.notify.up", tags, this, it -> it.state.up() ? 1 : 0);
        context.meters().gauge("berth.notify.waiting", tags, this, WebhookStatus::waiting);
        context.events().followedBy(this::follower);
    }

    private Follower follower() {
        State now = state;
        return new Follower(title, now.up(), now.stopped(), now.lastSuccess(), now.problem(), waiting());
    }

    private long waiting() {
        return state.stopped() ? 0 : Math.max(0, context.events().end().number() - number);
    }

    int failures() {
        return state.failures();
    }

    boolean stopped() {
        return state.stopped();
    }

    /** The receiver is done with the events up to here. */
    void reached(long place) {
        number = place;
    }

    void tried(Outcome outcome, Duration took) {
        String word = outcome.result().name().toLowerCase(Locale.ROOT);
        context.meters()
                .timer("berth.notify.tries", "receiver", title, "outcome", word)
                .record(took);
        switch (outcome.result()) {
            case OK -> accepted();
            case FAILED, REFUSED -> failed(outcome.problem());
            case GONE -> gone();
        }
    }

    private void accepted() {
        State before = state;
        state = new State(true, false, 0, context.clock().instant(), "");
        if (!before.up()) {
            LOG.info("events reach {} again", title);
            context.events().add(new Event.WebhookUp(title));
        }
    }

    private void failed(String problem) {
        State before = state;
        int failures = before.failures() + 1;
        boolean up = before.up() && failures < downAfter;
        state = new State(up, false, failures, before.lastSuccess(), problem);
        if (before.up() && !up) {
            LOG.warn("events do not reach {}: {}; tried again with pauses", title, problem);
            context.events().add(new Event.WebhookDown(title, problem));
        }
    }

    private void gone() {
        String problem = "it answered 410 and gets nothing more until Berth is restarted";
        state = new State(false, true, state.failures() + 1, state.lastSuccess(), problem);
        LOG.warn("events no longer go to {}: {}", title, problem);
        context.events().add(new Event.WebhookDown(title, problem));
    }

    void givenUp(String id, String why) {
        context.meters().counter("berth.notify.given.up", "receiver", title).increment();
        LOG.debug("event {} is given up for {}: {}", id, title, why);
    }
}
