package net.berth.cli.view;

import java.util.function.Supplier;
import net.berth.engine.report.PassSteps;

/** Counts the steps of work in this process. */
public final class CountedSteps implements PassSteps, Supplier<Progress.Bar> {
    private Progress.Bar bar = Progress.Bar.UNKNOWN;
    private Part part = Part.READING;

    @Override
    public synchronized void part(Part next, int steps) {
        part = next;
        bar = Progress.Bar.of(next, 0, steps);
    }

    @Override
    public synchronized void step() {
        bar = Progress.Bar.of(part, bar.done() + 1, bar.total());
    }

    @Override
    public synchronized Progress.Bar get() {
        return bar;
    }
}
