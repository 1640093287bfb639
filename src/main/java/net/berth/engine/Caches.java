package net.berth.engine;

import com.github.benmanes.caffeine.cache.Caffeine;

/** Caches whose values are read over the network while their entry is locked. */
final class Caches {
    private Caches() {}

    /**
     * A builder whose upkeep has threads of its own. Upkeep waits for the lock of an entry that is just being read. In
     * the common pool, where it runs by default, it would hold the only worker of a machine with two processors, and
     * the HTTP client needs that worker for the very answer that all wait for.
     */
    static Caffeine<Object, Object> ofReads() {
        return Caffeine.newBuilder()
                .executor(task ->
                        Thread.ofPlatform().daemon().name("cache-upkeep").start(task));
    }
}
