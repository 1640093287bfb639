package net.berth.cli.view;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import net.berth.engine.report.PassSteps;
import net.berth.engine.report.PassSteps.Part;

/** Shows the progress of long work on one line of a terminal; the line is deleted at the end. */
public final class Progress {
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

    /** How much of the work is done; the total is 0 while it is unknown. */
    public record Bar(String what, int done, int total) {
        /** Nothing is known. */
        public static final Bar UNKNOWN = new Bar("", 0, 0);

        /** Negative numbers, of another program for example, count as unknown. */
        public Bar {
            if (total < 0 || done < 0) {
                done = 0;
                total = 0;
            }
            done = Math.min(done, total);
        }

        /** Of a part of a pass. */
        public static Bar of(Part part, int done, int total) {
            String what =
                    switch (part) {
                        case READING -> "reading and comparing guests:";
                        case MENDING -> "making guests match NIPAP:";
                        case LOOKING -> "checking:";
                    };
            return new Bar(what, done, total);
        }

        /** Whether the total is known. */
        public boolean known() {
            return total > 0;
        }
    }

    /** Counts the steps of work in this process. */
    public static final class Steps implements PassSteps, Supplier<Bar> {
        private Bar bar = Bar.UNKNOWN;
        private Part part = Part.READING;

        @Override
        public synchronized void part(Part next, int steps) {
            part = next;
            bar = Bar.of(next, 0, steps);
        }

        @Override
        public synchronized void step() {
            bar = Bar.of(part, bar.done() + 1, bar.total());
        }

        @Override
        public synchronized Bar get() {
            return bar;
        }
    }

    private Progress(Console console, String what, Supplier<Bar> bar) {
        this.console = console;
        this.what = what;
        this.bar = bar;
    }

    /** Does the work and returns its result; shows nothing without a terminal or in the first second. */
    public static <T> T during(Console console, String what, Supplier<Bar> bar, Supplier<T> work) {
        if (!console.terminal()) {
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

    /** The line after so many steps: a bar, or a moving mark while the total is unknown. */
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
