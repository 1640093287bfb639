package net.berth.sim;

/** What a person reads who has to mend what a seed has found. */
final class Story {
    /** The end is what matters; the whole is told when there is room. */
    private static final int MOST_LINES = 400;

    private Story() {}

    static String of(long seed) {
        Plan plan = Shrinker.shrunk(Plan.of(seed));
        Simulation.Verdict verdict = Simulation.tell(plan);
        StringBuilder text = new StringBuilder("seed " + seed + ": " + verdict.broken() + "\nagain: mvn test"
                + " -Dtest=SimulationTest -Dberth.sim.seed=" + seed + "\nshrunk to " + plan.receivers()
                + " receiver(s), " + verdict.faults().size() + " fault(s) and these steps:\n");
        plan.steps().forEach(step -> text.append("  ").append(step).append('\n'));
        int lines = verdict.trace().size();
        verdict.trace().stream().skip(Math.max(0, lines - MOST_LINES)).forEach(line -> text.append(line)
                .append('\n'));
        return text.toString();
    }
}
