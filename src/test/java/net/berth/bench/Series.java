package net.berth.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Times of one thing that was done many times, in milliseconds. */
final class Series {
    private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());

    /** Does it once more; answers how long it took, in milliseconds. */
    double time(Runnable work) {
        long began = System.nanoTime();
        work.run();
        double took = (System.nanoTime() - began) / 1e6;
        millis.add(took);
        return took;
    }

    void add(double took) {
        millis.add(took);
    }

    int size() {
        return millis.size();
    }

    double median() {
        return percentile(50);
    }

    double p95() {
        return percentile(95);
    }

    double percentile(int percent) {
        List<Double> sorted = millis.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}
