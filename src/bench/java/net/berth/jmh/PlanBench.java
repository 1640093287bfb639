package net.berth.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The plan of a pass over settled guests: an index of all rows, and each guest planned by it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PlanBench {
    /** How many. */
    @Param({"1000", "10000"})
    public int guests;

    private GuestSet set;

    /** Makes them. */
    @Setup
    public void populate() {
        set = new GuestSet(guests);
    }

    /** Nothing is to be done. */
    @Benchmark
    public int settled() {
        int changes = set.settledPlans();
        if (changes > 0) {
            throw new IllegalStateException(changes + " changes");
        }
        return changes;
    }
}
