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
    private static final Method MAKE = find(
            "java.lang.ThreadBuilders", "newVirtualThread", Executor.class, String.class, int.class, Runnable.class);
    private static final Method CARRIER = find("java.lang.Thread", "currentCarrierThread");

    private Strands() {}

    private static Method find(String type, String name, Class<?>... parameters) {
        try {
            Method found = Class.forName(type).getDeclaredMethod(name, parameters);
            found.setAccessible(true);
            return found;
        } catch (ReflectiveOperationException | RuntimeException missing) {
            throw new IllegalStateException(
                    "the simulator cannot make virtual threads on its own scheduler with this JDK ("
                            + Runtime.version() + "); it needs --add-opens java.base/java.lang=ALL-UNNAMED, as pom.xml"
                            + " gives it to the tests",
                    missing);
        }
    }

    /** The thread of the machine that runs whatever calls this. */
    static Thread carrier() {
        try {
            return (Thread) CARRIER.invoke(null);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException(impossible);
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
