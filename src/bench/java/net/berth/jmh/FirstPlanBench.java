package net.berth.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The plan of a first pass over 1,000 guests of which nothing is known: each gets the lowest free address. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FirstPlanBench {
    private static final int GUESTS = 1_000;

    private GuestSet set;

    /** Makes them. */
    @Setup
    public void populate() {
        set = new GuestSet(GUESTS);
    }

    /** At least a claim for each. */
    @Benchmark
    public int fresh() {
        int changes = set.freshPlans();
        if (changes < GUESTS) {
            throw new IllegalStateException(changes + " changes");
        }
        return changes;
    }
}
