package net.berth.sim;

import java.util.function.LongFunction;

/** Runs one seed: what promise it breaks, or nothing. For callers that know no class of the simulation's. */
public final class OneSeed implements LongFunction<String> {
    @Override
    public String apply(long seed) {
        return Simulation.run(Plan.of(seed)).broken();
    }
}
