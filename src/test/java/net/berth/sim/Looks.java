package net.berth.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * When whoever is at work last saw a guest or a row. A deed is judged by the truth of that moment and since: what changes
 * between a look and its deed nobody can know, but what changed before the look is no excuse.
 */
final class Looks {
    private final Map<Thread, Map<Object, Long>> looks = new WeakHashMap<>();
    private final Kernel kernel;

    Looks(Kernel kernel) {
        this.kernel = kernel;
    }

    /** This thread sees something, or that it is not there; and so does whoever began it, to read for them. */
    void look(Object thing, long now) {
        kernel.lineOf(Thread.currentThread()).forEach(thread -> looks.computeIfAbsent(thread, key -> new HashMap<>())
                .put(thing, now));
    }

    /** When this thread last saw it; never: the end of time. */
    long last(Object thing) {
        return looks.getOrDefault(Thread.currentThread(), Map.of()).getOrDefault(thing, Long.MAX_VALUE);
    }

    /** Whether it changed at a time that this thread cannot know of; never: 0. */
    boolean unseen(Object thing, long changed) {
        return changed > 0 && changed >= last(thing);
    }
}
