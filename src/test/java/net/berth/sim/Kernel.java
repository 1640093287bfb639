package net.berth.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Time and the order of all things. One thing runs at a time, on one thread of the machine; what runs next among all that
 * could is the seed's choice, and time goes on only when nothing can run.
 */
final class Kernel {
    /** 2026-11-20T10:00:00Z. */
    static final long START = 1_795_168_800_000L;

    private final SplittableRandom order;
    private final SplittableRandom chance;
    private final List<Ready> ready = new ArrayList<>();
    private final Queue<Ready> fromElsewhere = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Trace trace;
    private long now = START;
    private long number;
    private final Thread driver = Thread.currentThread();
    private final Map<Thread, Thread> begunBy = new WeakHashMap<>();
    private boolean disturbed;

    Kernel(long seed, Trace trace) {
        SplittableRandom root = new SplittableRandom(seed);
        this.order = root.split();
        this.chance = root.split();
        this.trace = trace;
    }

    private record Ready(Life life, Runnable work) {}

    /** Something that happens later. */
    static final class Due implements Comparable<Due> {
        private long time;
        private final long number;
        private final @Nullable Life life;
        private @Nullable Runnable work;

        private Due(long time, long number, @Nullable Life life, Runnable work) {
            this.time = time;
            this.number = number;
            this.life = life;
            this.work = work;
        }

        void cancel() {
            work = null;
        }

        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    long now() {
        return now;
    }

    /** How many things are to happen later. */
    int pending() {
        return (int) due.stream().filter(later -> later.work != null).count();
    }

    Trace trace() {
        return trace;
    }

    /** Chance of what surrounds the engine: delays and the like. */
    int chance(int bound) {
        return chance.nextInt(bound);
    }

    long seedOfLife() {
        return chance.nextLong();
    }

    void ready(Life life, Runnable work) {
        if (!Strands.carrier().equals(driver)) {
            fromElsewhere.add(new Ready(life, work));
        } else if (life.pausedUntil() > now) {
            at(life.pausedUntil(), life, () -> ready(life, work));
        } else {
            ready.add(new Ready(life, work));
        }
    }

    /**
     * Whether something other than the seed took part: the JDK woke a thread in its own time, for example one that waited
     * for a class which the run beside this one was just loading. Such a run says nothing of its seed.
     */
    boolean disturbed() {
        return disturbed || !fromElsewhere.isEmpty();
    }

    /** One thread of the engine has begun another one. */
    void begun(Thread thread, Thread by) {
        if (by.isVirtual()) {
            begunBy.put(thread, by);
        }
    }

    /** A thread, who began it, who began that one, and so on. */
    Stream<Thread> lineOf(Thread thread) {
        return Stream.iterate(thread, Objects::nonNull, begunBy::get);
    }

    /** Nothing of this life runs any more. */
    void forget(Life life) {
        ready.removeIf(waiting -> waiting.life() == life);
    }

    /** Nothing of this life runs until a time. */
    void hold(Life life, long until) {
        List<Ready> held =
                ready.stream().filter(waiting -> waiting.life() == life).toList();
        forget(life);
        held.forEach(waiting -> at(until, life, () -> ready(life, waiting.work())));
    }

    Due at(long time, @Nullable Life life, Runnable work) {
        Due later = new Due(Math.max(time, now), number++, life, work);
        due.add(later);
        return later;
    }

    Due in(long millis, Runnable work) {
        return at(now + millis, null, work);
    }

    /** Lets a thread of the engine wait. */
    void sleep(Life life, long millis) {
        Thread me = Thread.currentThread();
        boolean[] over = {false};
        at(now + millis, life, () -> {
            over[0] = true;
            LockSupport.unpark(me);
        });
        while (!over[0]) {
            LockSupport.park(this);
        }
    }

    /** The thread never goes on: its process is dead. */
    void never() {
        while (true) {
            LockSupport.park(this);
        }
    }

    /** Runs until a time comes. */
    void runUntil(long end) {
        while (step(end)) {
            // One thing at a time.
        }
        now = Math.max(now, end);
    }

    private boolean step(long end) {
        for (Ready late = fromElsewhere.poll(); late != null; late = fromElsewhere.poll()) {
            disturbed = true;
            if (!late.life().dead()) {
                ready.add(late);
            }
        }
        if (!ready.isEmpty()) {
            int chosen = ready.size() == 1 ? 0 : order.nextInt(ready.size());
            Ready next = ready.get(chosen);
            // What remains keeps its order, or the seed's choice would depend on how it was removed.
            ready.remove(chosen);
            next.work().run();
            return true;
        }
        Due next = due.peek();
        if (next == null || next.time > end) {
            return false;
        }
        due.remove();
        if (next.life != null && next.life.pausedUntil() > next.time) {
            next.time = next.life.pausedUntil();
            due.add(next);
            return true;
        }
        Runnable work = next.work;
        if (work != null && (next.life == null || !next.life.dead())) {
            now = Math.max(now, next.time);
            work.run();
        }
        return true;
    }
}
