package net.berth.engine.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Asks several questions at once; whoever is asked bounds how many at a time. */
public final class SideBySide {
    private SideBySide() {}

    /** The answers, in the order of the questions; the first failure is thrown. */
    public static <T, R> List<R> map(List<T> questions, Function<T, R> ask) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<R>> asked = new ArrayList<>();
            questions.forEach(question -> asked.add(threads.submit(() -> ask.apply(question))));
            List<R> answers = new ArrayList<>();
            for (Future<R> one : asked) {
                answers.add(one.get());
            }
            return List.copyOf(answers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } finally {
            // Not closed: that would wait for who does not answer.
            threads.shutdownNow();
        }
    }
}
