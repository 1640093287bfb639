package net.berth.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Runs a task at each SIGHUP. By itself Java ends at that signal. Its only API for signals is {@code sun.misc.Signal} in the
 * module jdk.unsupported, which the compiler takes by reflection only without a warning.
 */
final class Hangup {
    private Hangup() {}

    /** Throws IllegalStateException where this Java or system has no such signal. */
    @SuppressWarnings("ReferenceEquality") // A handler is equal to itself only.
    static void runs(Runnable task) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object called = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(), new Class<?>[] {handler}, (self, method, given) -> {
                        return switch (method.getName()) {
                            case "handle" -> {
                                task.run();
                                yield null;
                            }
                            case "hashCode" -> System.identityHashCode(self);
                            case "equals" -> self == given[0];
                            default -> "a task at SIGHUP";
                        };
                    });
            Object hangup = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hangup, called);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            Throwable reason = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
            throw new IllegalStateException("SIGHUP cannot be used to read the settings anew: " + reason, reason);
        }
    }
}
