package net.berth.lab.proxmox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The exclusive lock on one guest's config file: who waits too long gets the text that Proxmox gives. */
final class ConfigLock {
    private final Semaphore free = new Semaphore(1, true);
    private final String file;

    ConfigLock(String file) {
        this.file = file;
    }

    <T> T hold(Duration wait, Supplier<T> work) {
        acquire(wait);
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    void hold(Duration wait, Runnable work) {
        hold(wait, () -> {
            work.run();
            return true;
        });
    }

    private void acquire(Duration wait) {
        try {
            if (free.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw ApiFailure.die("can't lock file '" + file + "' - got timeout");
    }

    boolean isHeld() {
        return free.availablePermits() == 0;
    }
}
