package net.berth.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts the calls on ports, by the port's and the method's names. */
public final class Calls {
    private final Map<String, Integer> counts = new TreeMap<>();

    /** A port that counts, in front of another. */
    public <T> T on(Class<T> port, T real) {
        Object counting =
                Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, args) -> {
                    if (method.getDeclaringClass() != Object.class) {
                        // What the port knows by itself is no call.
                        if (!method.getName().equals("trouble")) {
                            count(port.getSimpleName() + "." + method.getName());
                        }
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
        return port.cast(counting);
    }

    private synchronized void count(String call) {
        counts.merge(call, 1, Integer::sum);
    }

    /** All calls since the last {@link #reset}. */
    public synchronized Map<String, Integer> all() {
        return Map.copyOf(counts);
    }

    /** The calls on one port. */
    public synchronized Map<String, Integer> of(Class<?> port) {
        String start = port.getSimpleName() + ".";
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(start))
                .collect(Collectors.toMap(entry -> entry.getKey().substring(start.length()), Map.Entry::getValue));
    }

    /** How often one call was made. */
    public synchronized int of(String call) {
        return counts.getOrDefault(call, 0);
    }

    /** Counts from zero. */
    public synchronized void reset() {
        counts.clear();
    }
}
