package net.berth.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Values that are read over the network and kept for a moment. One thread reads a value, the others that want it wait
 * for that; waiting on such a lock leaves a virtual thread's carrier free, which a map's own lock does not before JDK 24.
 * The keys must be few: each keeps its lock for good.
 */
final class Recent<K, V> {
    private final Duration age;
    private final Clock clock;
    private final Map<K, Slot<V>> slots = new ConcurrentHashMap<>();

    /** Values that are kept for this long after they were read. */
    Recent(Duration age, Clock clock) {
        this.age = age;
        this.clock = clock;
    }

    private static final class Slot<V> {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable V value;
        private Instant since = Instant.MIN;

        void keep(@Nullable V fresh, Instant now) {
            value = fresh;
            since = now;
        }
    }

    /** The value, read now if none is kept. */
    V get(K key, Supplier<V> read) {
        Slot<V> slot = slots.computeIfAbsent(key, name -> new Slot<>());
        slot.lock.lock();
        try {
            V kept = slot.value;
            if (kept != null && clock.instant().isBefore(slot.since.plus(age))) {
                return kept;
            }
            V fresh = read.get();
            slot.keep(fresh, clock.instant());
            return fresh;
        } finally {
            slot.lock.unlock();
        }
    }

    /** Keeps a value that was read otherwise. */
    void put(K key, V value) {
        keep(slots.computeIfAbsent(key, name -> new Slot<>()), value);
    }

    /** Forgets a value, also one that is just being read. */
    void forget(K key) {
        Slot<V> slot = slots.get(key);
        if (slot != null) {
            keep(slot, null);
        }
    }

    private void keep(Slot<V> slot, @Nullable V value) {
        slot.lock.lock();
        try {
            slot.keep(value, clock.instant());
        } finally {
            slot.lock.unlock();
        }
    }

    /** Forgets all values. */
    void forgetAll() {
        slots.keySet().forEach(this::forget);
    }

    /** Keys of which a value is or was kept. */
    Set<K> keys() {
        return Set.copyOf(slots.keySet());
    }

    /** Changes a value where one is kept; one that is just being read is waited for. */
    void update(K key, UnaryOperator<V> edit) {
        Slot<V> slot = slots.get(key);
        if (slot == null) {
            return;
        }
        slot.lock.lock();
        try {
            V kept = slot.value;
            if (kept != null) {
                slot.value = edit.apply(kept);
            }
        } finally {
            slot.lock.unlock();
        }
    }
}
