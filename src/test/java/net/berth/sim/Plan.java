package net.berth.sim;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What happens in one run; everything in it comes from a seed, and parts of it can be taken away.
 *
 * @param seed the seed, which also decides the order of what happens at the same time
 * @param receivers how many receivers there are
 * @param faultsPerMille how many of a thousand calls go wrong
 * @param spared calls that do not go wrong after all
 * @param steps what the world does
 * @param varied whether the settings come from the seed too
 */
record Plan(long seed, int receivers, int faultsPerMille, Set<Long> spared, List<Step> steps, boolean varied) {

    static Plan of(long seed) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x5DEECE66DL);
        int receivers = 1 + random.nextInt(3);
        int faults = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(40);
        if (random.nextInt(6) == 0) {
            return new Plan(seed, 3, faults, Set.of(), Step.crowd(seed), true);
        }
        boolean people = random.nextInt(3) != 0;
        boolean inBursts = random.nextBoolean();
        List<Step> steps = Stream.concat(Step.script(seed).stream(), Step.meddling(seed).stream())
                .sorted(Comparator.comparingLong(Step::at))
                .filter(step -> people || !step.kind().byHand())
                .map(step -> inBursts ? step.inBurst() : step)
                .toList();
        return new Plan(seed, receivers, faults, Set.of(), steps, true);
    }

    Plan with(List<Step> fewer) {
        return new Plan(seed, receivers, faultsPerMille, spared, fewer, varied);
    }

    Plan sparing(Set<Long> more) {
        return new Plan(seed, receivers, faultsPerMille, more, steps, varied);
    }

    Plan withoutFaults() {
        return new Plan(seed, receivers, 0, spared, steps, varied);
    }

    Plan withReceivers(int fewer) {
        return new Plan(seed, fewer, faultsPerMille, spared, steps, varied);
    }

    /** Whether a person does anything to what is not a guest. */
    boolean byHand() {
        return steps.stream().anyMatch(step -> step.kind().byHand());
    }
}
