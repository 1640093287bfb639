package net.berth.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;

/** Runs many seeds, each for itself, on two threads of the machine. */
final class Seeds {
    private static final int THREADS = 2;

    private Seeds() {}

    /** The first seeds, by number, for which something is said; stops early once one was found. */
    static List<String> run(long first, long count, LongFunction<String> run) {
        return run(first, count, run, number -> true);
    }

    static List<String> run(long first, long count, LongFunction<String> run, LongPredicate goesOn) {
        AtomicLong next = new AtomicLong();
        List<String> found = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(THREADS)) {
            List<Future<String>> results = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                results.add(workers.submit(() -> work(first, count, run, goesOn, next)));
            }
            for (Future<String> result : results) {
                String text = result.get();
                if (!text.isEmpty()) {
                    found.add(text);
                }
            }
        } catch (ExecutionException problem) {
            throw new IllegalStateException(problem.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return found;
    }

    private static String work(
            long first, long count, LongFunction<String> run, LongPredicate goesOn, AtomicLong next) {
        for (long number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
            if (!goesOn.test(number)) {
                return "";
            }
            String said = run.apply(first + number);
            if (!said.isEmpty()) {
                next.set(count);
                return said;
            }
        }
        return "";
    }
}
