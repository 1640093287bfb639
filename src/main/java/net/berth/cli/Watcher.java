package net.berth.cli;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Follows the events for as long as it is let; after a break it goes on behind the last event that it told. */
final class Watcher {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Waits. */
    interface Pause {
        /** Waits so long. */
        void pause(Duration time) throws InterruptedException;
    }

    private final EventFeed feed;
    private final Pause pause;
    private final RandomGenerator random;
    private String last = "";

    Watcher(EventFeed feed, Pause pause, RandomGenerator random) {
        this.feed = feed;
        this.pause = pause;
        this.random = random;
    }

    /**
     * Returns only by an interrupt.
     *
     * @param events told of each event
     * @param remarks told of each break
     * @throws CliException when the first try finds no receiver, or when one refuses
     */
    void run(Consumer<ServerEvent> events, Consumer<String> remarks) throws InterruptedException {
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

    /** Growing, and never the same for two who wait for one receiver. */
    private Duration after(int failures) {
        long full = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures, 10));
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
