package net.berth.nipap;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import net.berth.nipap.xmlrpc.NipapException;

/**
 * Questions of many threads, put together: while as many calls are under way as NIPAP works on at once, whoever asks
 * waits, and goes into the next call with all others who wait. So no answer is older than its question, one who is alone
 * waits for nobody, and hundreds at once cost a few calls: each call reads the whole table, whatever it asks for.
 */
final class BatchedLookup<K, V> {
    private final int most;
    private final Semaphore calls;
    private final Function<Set<K>, Map<K, V>> ask;
    private Group<K, V> next = new Group<>();

    /**
     * Puts questions together.
     *
     * @param atOnce how many calls are under way at most
     * @param most how many questions one call holds at most
     * @param ask the call; it answers each question
     */
    BatchedLookup(int atOnce, int most, Function<Set<K>, Map<K, V>> ask) {
        this.most = most;
        this.calls = new Semaphore(atOnce, true);
        this.ask = ask;
    }

    private static final class Group<K, V> {
        private final Set<K> questions = new LinkedHashSet<>();
        private final CompletableFuture<Map<K, V>> answer = new CompletableFuture<>();
    }

    private record Seat<K, V>(Group<K, V> group, boolean first) {}

    /** The answer to one question. */
    V get(K question) {
        Seat<K, V> seat = sit(question);
        if (seat.first()) {
            // Who came first asks for all of its group; the group grows until there is a call free.
            calls.acquireUninterruptibly();
            try {
                answer(depart(seat.group()));
            } finally {
                calls.release();
            }
        }
        return result(seat.group(), question);
    }

    private synchronized Seat<K, V> sit(K question) {
        if (next.questions.size() >= most && !next.questions.contains(question)) {
            next = new Group<>();
        }
        Group<K, V> group = next;
        boolean first = group.questions.isEmpty();
        group.questions.add(question);
        return new Seat<>(group, first);
    }

    private synchronized Group<K, V> depart(Group<K, V> group) {
        if (next == group) {
            next = new Group<>();
        }
        return group;
    }

    private void answer(Group<K, V> group) {
        try {
            group.answer.complete(ask.apply(group.questions));
        } catch (RuntimeException | Error failure) {
            // Whatever it was: those who wait for this answer must hear of it.
            group.answer.completeExceptionally(failure);
        }
    }

    private V result(Group<K, V> group, K question) {
        try {
            return of(group.answer.join(), question);
        } catch (CompletionException failed) {
            if (!(failed.getCause() instanceof NipapException failure)) {
                throw failed.getCause() instanceof RuntimeException other ? other : failed;
            }
            if (group.questions.size() == 1 || failure.retryable()) {
                throw failure;
            }
            // What is wrong with another's answer is not to be everybody's failure.
            return of(ask.apply(Set.of(question)), question);
        }
    }

    private V of(Map<K, V> answers, K question) {
        V answer = answers.get(question);
        if (answer == null) {
            throw new IllegalStateException("no answer to " + question);
        }
        return answer;
    }
}
