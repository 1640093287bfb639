package net.berth.engine.read;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import net.berth.engine.port.PeerException;
import org.jspecify.annotations.Nullable;

/** Lets one thread read what several threads want; the others wait for the result, or for the failure. */
public final class SharedRead {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final AtomicInteger reads = new AtomicInteger();

    // Guarded by the lock.
    private @Nullable PeerException failure;
    private int failedRead;

    /**
     * What is known, or what is read now.
     *
     * @param known what is known already, if it is fresh enough for the caller
     * @throws PeerException that of the read, also where the read of another thread failed that began after this call
     */
    public <T> T get(Supplier<Optional<T>> known, Supplier<T> read) {
        int before = reads.get();
        Optional<T> fresh = known.get();
        if (fresh.isPresent()) {
            return fresh.get();
        }
        lock.lock();
        try {
            Optional<T> meanwhile = known.get();
            if (meanwhile.isPresent()) {
                return meanwhile.get();
            }
            PeerException failed = failure;
            if (failed != null && failedRead > before) {
                throw failed;
            }
            return read(read);
        } finally {
            lock.unlock();
        }
    }

    /** Does something that no read may overlap. */
    <T> T alone(Supplier<T> task) {
        lock.lock();
        try {
            return task.get();
        } finally {
            lock.unlock();
        }
    }

    private <T> T read(Supplier<T> read) {
        int number = reads.incrementAndGet();
        try {
            return read.get();
        } catch (PeerException failed) {
            failure = failed;
            failedRead = number;
            throw failed;
        }
    }
}
