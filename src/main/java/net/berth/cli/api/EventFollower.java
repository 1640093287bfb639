package net.berth.cli.api;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Follows the events; after a lost connection it continues behind the last event that it passed on. */
public final class EventFollower {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Waits. */
    public interface Pause {
        /** Waits for that time. */
        void pause(Duration time) throws InterruptedException;
    }

    private final EventFeed feed;
    private final Pause pause;
    private final RandomGenerator random;
    private String last = "";

    /** @param random for the jitter of the pauses */
    public EventFollower(EventFeed feed, Pause pause, RandomGenerator random) {
        this.feed = feed;
        this.pause = pause;
        this.random = random;
    }

    /**
     * Returns only by an interrupt.
     *
     * @param events gets each event
     * @param remarks gets a line for each lost connection
     * @throws CliException when the first attempt finds no receiver, or when the receiver refuses
     */
    public void run(Consumer<ServerEvent> events, Consumer<String> remarks) throws InterruptedException {
        AtomicBoolean everOpen = new AtomicBoolean();
        int failures = 0;
        while (true) {
            AtomicBoolean open = new AtomicBoolean();
            feed.follow(
                    last,
                    () -> {
                        open.set(true);
                        everOpen.set(true);
                    },
                    event -> {
                        if (!event.id().isEmpty()) {
                            last = event.id();
                        }
                        events.accept(event);
                    });
            if (!everOpen.get()) {
                throw new CliException("no receiver answers: start it (systemctl start berth, or berth serve), or"
                        + " correct server.listen");
            }
            failures = open.get() ? 0 : failures + 1;
            Duration wait = after(failures);
            remarks.accept((open.get() ? "the connection ended" : "no receiver answers") + "; trying again in "
                    + Math.max(1, wait.toSeconds()) + " s");
            pause.pause(wait);
        }
    }

    /** Doubles with each failure, with jitter, so that several clients do not reconnect at once. */
    private Duration after(int failures) {
        long full = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures, 10));
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
