package net.berth.lab.nipap;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What is to go wrong, call by call. Each mishap happens once, to the next call of its method. */
public final class Mishaps {
    /** What happens to a call. */
    private sealed interface Mishap {
        /** The call is carried out, and the connection ends without an answer. */
        record LostReply() implements Mishap {}

        /** The connection ends before the call is carried out. */
        record LostCall() implements Mishap {}

        /** A fault in place of the call. */
        record Instead(Fault fault) implements Mishap {}

        /** The call is carried out, and a fault is answered: nipapd ran the statement twice. */
        record After(Fault fault) implements Mishap {}

        /** The call waits first. */
        record Slow(Duration time) implements Mishap {}
    }

    private final Map<String, Deque<Mishap>> planned = new HashMap<>();
    private volatile boolean databaseDown;
    private volatile boolean parallelDeadlocks = true;

    Mishaps() {}

    /** The next call of the method is carried out, but its reply is lost. */
    public void loseReply(String method) {
        plan(method, new Mishap.LostReply());
    }

    /** The next call of the method is lost before it is carried out. */
    public void loseCall(String method) {
        plan(method, new Mishap.LostCall());
    }

    /** The next call of the method ends in this fault and does nothing. */
    public void fault(String method, int code, String text) {
        plan(method, new Mishap.Instead(new Fault(code, text)));
    }

    /** The next call of the method meets a deadlock in the database. */
    public void deadlock(String method) {
        plan(method, new Mishap.Instead(Fault.deadlock()));
    }

    /** The next call of the method is carried out while the database restarts, and ends in its driver's exception. */
    public void databaseRestarts(String method) {
        plan(
                method,
                new Mishap.After(
                        Fault.python("psycopg2.OperationalError", "server closed the connection unexpectedly")));
    }

    /** The next call of the method is carried out and yet answered with this fault. */
    public void faultAfterwards(String method, int code, String text) {
        plan(method, new Mishap.After(new Fault(code, text)));
    }

    /** The next call of the method takes this long before it begins, and with it all others of its process. */
    public void slow(String method, Duration time) {
        plan(method, new Mishap.Slow(time));
    }

    /** With the database down, {@code version} still answers. */
    public void databaseDown(boolean down) {
        databaseDown = down;
    }

    /** Whether writes that meet end in deadlocks by themselves, as in PostgreSQL; so from the start. */
    public void parallelDeadlocks(boolean on) {
        parallelDeadlocks = on;
    }

    boolean parallelDeadlocks() {
        return parallelDeadlocks;
    }

    private synchronized void plan(String method, Mishap mishap) {
        planned.computeIfAbsent(method, key -> new ArrayDeque<>()).add(mishap);
    }

    private synchronized Mishap next(String method) {
        Deque<Mishap> queue = planned.get(method);
        return queue == null ? null : queue.poll();
    }

    /** A call as it goes on behind the mishaps. */
    @FunctionalInterface
    interface Body {
        Object run();
    }

    /** No answer at all. */
    static final class Silence extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Silence() {
            super("no answer");
        }
    }

    Object around(String method, Body body) {
        Mishap mishap = next(method);
        return switch (mishap) {
            case null -> run(body);
            case Mishap.LostReply lost -> {
                run(body);
                throw new Silence();
            }
            case Mishap.LostCall lost -> throw new Silence();
            case Mishap.Instead instead -> throw instead.fault();
            case Mishap.After after -> {
                run(body);
                throw after.fault();
            }
            case Mishap.Slow slow -> {
                await(slow.time());
                yield run(body);
            }
        };
    }

    private Object run(Body body) {
        if (databaseDown) {
            throw Fault.databaseDown();
        }
        return body.run();
    }

    private static void await(Duration time) {
        try {
            boolean never = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
            if (never) {
                throw new IllegalStateException("nobody counts this latch down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
