package net.berth.sim;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import net.berth.engine.port.Timer;

/** The kernel's time as one process of a receiver knows it. */
final class SimTimer implements Timer {
    private final Kernel kernel;
    private final Life life;
    private final ThreadFactory threads;

    SimTimer(Kernel kernel, Life life, Thread.UncaughtExceptionHandler failed) {
        this.kernel = kernel;
        this.life = life;
        ThreadFactory made = Strands.on(life, failed);
        this.threads = work -> {
            Thread thread = made.newThread(work);
            kernel.begun(thread, Thread.currentThread());
            return thread;
        };
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        Kernel.Due due = kernel.at(kernel.now() + delay.toMillis(), life, () -> threads.newThread(task)
                .start());
        return due::cancel;
    }

    @Override
    public void pause(Duration length) {
        kernel.sleep(life, length.toMillis());
    }

    @Override
    public boolean await(CompletableFuture<?> future, Duration limit) {
        Thread me = Thread.currentThread();
        boolean[] over = {false};
        Kernel.Due due = kernel.at(kernel.now() + limit.toMillis(), life, () -> {
            over[0] = true;
            LockSupport.unpark(me);
        });
        CompletableFuture<?> unused = future.whenComplete((value, failure) -> LockSupport.unpark(me));
        while (!future.isDone() && !over[0]) {
            LockSupport.park(this);
        }
        due.cancel();
        return future.isDone();
    }

    @Override
    public ThreadFactory threads() {
        return threads;
    }

    /** The clock that belongs to it. */
    static Clock clock(Kernel kernel) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("the simulation knows no zones");
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(kernel.now());
            }
        };
    }
}
