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
    private final Supplier<Bar> bar;
    private final AtomicInteger steps = new AtomicInteger();
    private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(
            1, work -> Thread.ofPlatform().daemon().name("progress").unstarted(work));

    private Progress(Console console, String what, Supplier<Bar> bar) {
        this.console = console;
        this.what = what;
        this.bar = bar;
    }

    /**
     * Does the work and tells of it; nothing is shown in the first second, nor where no terminal is, nor to whom JSON is
     * wanted for.
     *
     * @param what the work, in words, for as long as nothing says how much there is to do
     */
    static <T> T during(Console console, OutputOption output, String what, Supplier<Bar> bar, Supplier<T> work) {
        if (!console.terminal() || output.json()) {
            return work.get();
        }
        Progress progress = new Progress(console, what, bar);
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
        console.err().print(CLEAR + line(what, bar.get(), steps.getAndIncrement()));
        console.err().flush();
    }

    /** The line after so many steps: a bar, or a mark that wanders while nobody knows how much there is to do. */
    static String line(String what, Bar bar, int step) {
        long seconds = QUIET.plus(STEP.multipliedBy(step)).toSeconds();
        if (!bar.known()) {
            int way = step % (2 * (WIDTH - 1));
            int at = way < WIDTH ? way : 2 * (WIDTH - 1) - way;
            return "[" + " ".repeat(at) + "=" + " ".repeat(WIDTH - 1 - at) + "] " + what + ", " + seconds + " s";
        }
        int full = (int) ((long) WIDTH * bar.done() / bar.total());
        return "[" + "=".repeat(full) + " ".repeat(WIDTH - full) + "] " + bar.what() + " " + bar.done() + " of "
                + bar.total() + ", " + seconds + " s";
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
