package net.berth.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Takes away what a failure does not need: receivers, faults, steps, as long as the run still breaks a promise. */
final class Shrinker {
    private static final int MOST_RUNS = 400;

    private final Predicate<Plan> breaks;
    private int runs;

    Shrinker(Predicate<Plan> breaks) {
        this.breaks = breaks;
    }

    /** The smallest that was found. */
    static Plan shrunk(Plan plan) {
        return new Shrinker(smaller -> !Simulation.run(smaller).broken().isEmpty()).shrink(plan);
    }

    Plan shrink(Plan plan) {
        Plan best = better(plan.withoutFaults(), plan);
        for (int receivers = 1; receivers < plan.receivers() && best.receivers() == plan.receivers(); receivers++) {
            best = better(best.withReceivers(receivers), best);
        }
        Plan before;
        do {
            before = best;
            best = fewerFaults(fewerSteps(best));
        } while (!best.equals(before) && runs < MOST_RUNS);
        return best;
    }

    private Plan better(Plan candidate, Plan otherwise) {
        runs++;
        return breaks.test(candidate) ? candidate : otherwise;
    }

    private Plan fewerSteps(Plan plan) {
        Plan best = plan;
        for (int size = Math.max(1, plan.steps().size() / 4); size >= 1; size /= 2) {
            for (int from = 0; from < best.steps().size() && runs < MOST_RUNS; ) {
                List<Step> fewer = new ArrayList<>(best.steps());
                fewer.subList(from, Math.min(from + size, fewer.size())).clear();
                Plan tried = better(best.with(fewer), best);
                from = tried.equals(best) ? from + size : from;
                best = tried;
            }
        }
        return best;
    }

    private Plan fewerFaults(Plan plan) {
        Plan best = plan;
        if (best.faultsPerMille() == 0) {
            return best;
        }
        for (long call : Simulation.run(best).faults()) {
            if (runs >= MOST_RUNS) {
                return best;
            }
            Set<Long> spared = new HashSet<>(best.spared());
            spared.add(call);
            best = better(best.sparing(spared), best);
        }
        return best;
    }
}
