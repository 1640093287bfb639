package net.berth.cli;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Tells a person at a terminal that something that takes long goes on, on one line that is gone at the end. */
final class Progress {
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration STEP = Duration.ofMillis(200);
    private static final int WIDTH = 20;
    private static final String CLEAR = "\r\033[K";

    private final Console console;
    private final String what;
    private final AtomicInteger steps = new AtomicInteger();
    private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(
            1, work -> Thread.ofPlatform().daemon().name("progress").unstarted(work));

    private Progress(Console console, String what) {
        this.console = console;
        this.what = what;
    }

    /** Does the work and tells of it; nothing is shown in the first second, nor where no terminal is. */
    static <T> T during(Console console, String what, Supplier<T> work) {
        if (!console.terminal()) {
            return work.get();
        }
        Progress progress = new Progress(console, what);
        progress.begin();
        try {
            return work.get();
        } finally {
            progress.end();
        }
    }

    private void begin() {
        var first = timer.scheduleAtFixedRate(this::step, QUIET.toMillis(), STEP.toMillis(), TimeUnit.MILLISECONDS);
        assert !first.isCancelled();
    }

    private void step() {
        console.err().print(CLEAR + line(what, steps.getAndIncrement()));
        console.err().flush();
    }

    /** The line after so many steps: a mark that wanders, since nobody knows how much there is to do. */
    static String line(String what, int step) {
        int way = step % (2 * (WIDTH - 1));
        int at = way < WIDTH ? way : 2 * (WIDTH - 1) - way;
        long seconds = QUIET.plus(STEP.multipliedBy(step)).toSeconds();
        return "[" + " ".repeat(at) + "=" + " ".repeat(WIDTH - 1 - at) + "] " + what + ", " + seconds + " s";
    }

    private void end() {
        timer.shutdownNow();
        try {
            boolean ended = timer.awaitTermination(1, TimeUnit.SECONDS);
            if (ended && steps.get() > 0) {
                console.err().print(CLEAR);
                console.err().flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
