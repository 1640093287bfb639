package net.berth.engine.port;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks several questions side by side; the system that is asked limits how many at a time. */
public final class SideBySide {
    private SideBySide() {}

    /** The answers, in the order of the questions; the first failure is thrown. */
    public static <T, R> List<R> map(List<T> questions, Function<T, R> ask) {
        return map(Thread.ofVirtual().factory(), questions, ask);
    }

    /** Like the other {@code map}, each question on a thread of this factory. */
    public static <T, R> List<R> map(ThreadFactory threads, List<T> questions, Function<T, R> ask) {
        List<CompletableFuture<R>> asked = questions.stream()
                .map(question -> begun(threads, () -> ask.apply(question)))
                .toList();
        List<R> answers = new ArrayList<>(asked.size());
        for (CompletableFuture<R> one : asked) {
            answers.add(answer(one));
        }
        return List.copyOf(answers);
    }

    /** Begins to ask. */
    public static <R> CompletableFuture<R> begun(ThreadFactory threads, Supplier<R> ask) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        threads.newThread(() -> {
                    try {
                        answer.complete(ask.get());
                    } catch (RuntimeException | Error failure) {
                        answer.completeExceptionally(failure);
                    }
                })
                .start();
        return answer;
    }

    /** Waits for the answer, or throws what the question threw. */
    public static <R> R answer(CompletableFuture<R> one) {
        try {
            return one.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException failure ? failure : failed;
        }
    }
}
