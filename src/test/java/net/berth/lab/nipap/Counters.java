package net.berth.lab.nipap;

import java.util.Map;
import java.util.TreeMap;

/** How often each method was called, whatever came of it. */
final class Counters {
    private final Map<String, Integer> calls = new TreeMap<>();

    synchronized void count(String method) {
        calls.merge(method, 1, Integer::sum);
    }

    synchronized int of(String method) {
        return calls.getOrDefault(method, 0);
    }

    synchronized Map<String, Integer> all() {
        return Map.copyOf(calls);
    }

    synchronized void reset() {
        calls.clear();
    }
}
