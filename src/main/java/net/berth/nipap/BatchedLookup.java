package net.berth.nipap;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import net.berth.nipap.xmlrpc.NipapException;

/**
 * Batches the lookups of many threads. While {@code atOnce} calls are under way, further lookups are collected and sent
 * as one call. An answer is never older than its question, a single lookup is sent at once, and hundreds at the same
 * moment cost a few calls: each call reads the whole table, whatever it asks for.
 */
final class BatchedLookup<K, V> {
    private final int most;
    private final Semaphore calls;
    private final Function<Set<K>, Map<K, V>> ask;
    private Group<K, V> next = new Group<>();

    /** @param most how many questions one call holds at most */
    BatchedLookup(int atOnce, int most, Function<Set<K>, Map<K, V>> ask) {
        this.most = most;
        this.calls = new Semaphore(atOnce, true);
        this.ask = ask;
    }

    private static final class Group<K, V> {
        private final Set<K> questions = new LinkedHashSet<>();
        private final CompletableFuture<Map<K, V>> answer = new CompletableFuture<>();
    }

    /** The answers to some questions; more of them than one call holds take several calls. */
    Map<K, V> get(Set<K> questions) {
        Map<K, V> answers = new HashMap<>();
        List<K> left = List.copyOf(questions);
        for (int from = 0; from < left.size(); from += most) {
            answers.putAll(ofOneCall(Set.copyOf(left.subList(from, Math.min(left.size(), from + most)))));
        }
        return answers;
    }

    private Map<K, V> ofOneCall(Set<K> questions) {
        Group<K, V> group;
        boolean first;
        synchronized (this) {
            Set<K> together = new LinkedHashSet<>(next.questions);
            together.addAll(questions);
            if (together.size() > most) {
                next = new Group<>();
            }
            group = next;
            first = group.questions.isEmpty();
            group.questions.addAll(questions);
        }
        if (first) {
            // The first in a group asks for all of it; the group grows until a call may be made.
            calls.acquireUninterruptibly();
            try {
                answer(group);
            } finally {
                calls.release();
            }
        }
        return result(group, questions);
    }

    private void answer(Group<K, V> group) {
        synchronized (this) {
            if (next == group) {
                next = new Group<>();
            }
        }
        try {
            group.answer.complete(ask.apply(group.questions));
        } catch (RuntimeException | Error failure) {
            // All that wait for this answer must get the failure, whatever it is.
            group.answer.completeExceptionally(failure);
        }
    }

    private Map<K, V> result(Group<K, V> group, Set<K> questions) {
        try {
            return of(group.answer.join(), questions);
        } catch (CompletionException failed) {
            if (!(failed.getCause() instanceof NipapException failure)) {
                throw failed.getCause() instanceof RuntimeException other ? other : failed;
            }
            if (group.questions.size() == questions.size() || failure.retryable()) {
                throw failure;
            }
            // An answer that cannot be read because of another thread's question must not fail this one.
            return of(ask.apply(questions), questions);
        }
    }

    private static <K, V> Map<K, V> of(Map<K, V> answers, Set<K> questions) {
        if (!answers.keySet().containsAll(questions)) {
            throw new IllegalStateException("no answer to some of " + questions);
        }
        Map<K, V> own = new HashMap<>(answers);
        own.keySet().retainAll(questions);
        return own;
    }
}
