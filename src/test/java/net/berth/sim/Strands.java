package net.berth.sim;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * Real virtual threads on a scheduler of one's own, so that every wait for a lock, a future or a queue is a place where
 * the seed decides who goes on. The JDK has this, but not for everybody: it takes {@code --add-opens}.
 */
final class Strands {
    private static final Method MAKE = find();

    private Strands() {}

    private static Method find() {
        try {
            Method make = Class.forName("java.lang.ThreadBuilders")
                    .getDeclaredMethod("newVirtualThread", Executor.class, String.class, int.class, Runnable.class);
            make.setAccessible(true);
            return make;
        } catch (ReflectiveOperationException | RuntimeException missing) {
            throw new IllegalStateException(
                    "the simulator cannot make virtual threads on its own scheduler with this JDK ("
                            + Runtime.version() + "); it needs --add-opens java.base/java.lang=ALL-UNNAMED, as pom.xml"
                            + " gives it to the tests",
                    missing);
        }
    }

    /** Threads whose every step goes through the scheduler. */
    static ThreadFactory on(Executor scheduler, Thread.UncaughtExceptionHandler failed) {
        return work -> {
            try {
                Thread thread = (Thread) MAKE.invoke(null, scheduler, "", 0, work);
                thread.setUncaughtExceptionHandler(failed);
                return thread;
            } catch (IllegalAccessException | InvocationTargetException impossible) {
                throw new IllegalStateException(impossible);
            }
        };
    }
}
