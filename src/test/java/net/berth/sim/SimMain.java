package net.berth.sim;

import java.time.Duration;

/** Runs seeds for a time, from a place that the clock chooses; what breaks is shrunk and told. Exit code 1 then. */
public final class SimMain {
    private SimMain() {}

    /**
     * Runs.
     *
     * @param args how long, such as PT8H; then, if wanted, the first seed
     */
    public static void main(String[] args) {
        Duration length = Duration.parse(args.length > 0 ? args[0] : "PT1H");
        long first = args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis() << 20;
        long end = System.nanoTime() + length.toNanos();
        long[] runs = {0};
        Alarm alarm = new Alarm();
        alarm.begin();
        System.out.println("first seed " + first);
        var found = Seeds.run(
                first,
                Long.MAX_VALUE,
                seed -> Simulation.run(Plan.of(seed)).broken().isEmpty() ? "" : Story.of(seed),
                number -> {
                    runs[0] = Math.max(runs[0], number);
                    return System.nanoTime() < end;
                });
        System.out.println(runs[0] + " seeds");
        found.forEach(System.out::println);
        alarm.heard().forEach(System.out::println);
        System.exit(found.isEmpty() && alarm.heard().isEmpty() ? 0 : 1);
    }
}
