package net.berth.cli;

import java.util.function.Supplier;
import net.berth.engine.report.PassSteps;

/** Counts the steps of what runs in this process. */
final class CountedSteps implements PassSteps, Supplier<Bar> {
    private Bar bar = Bar.UNKNOWN;
    private Part part = Part.READING;

    @Override
    public synchronized void part(Part next, int steps) {
        part = next;
        bar = Bar.of(next, 0, steps);
    }

    @Override
    public synchronized void step() {
        bar = Bar.of(part, bar.done() + 1, bar.total());
    }

    @Override
    public synchronized Bar get() {
        return bar;
    }
}
