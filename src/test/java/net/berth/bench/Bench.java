package net.berth.bench;

import java.time.Duration;
import java.util.Locale;

/** The benchmark as a program: measures what its arguments name and prints one table. */
public final class Bench {
    private static final Duration POLL = Duration.ofSeconds(30);
    private final Args args;
    private final Table table;

    private Bench(Args args, Table table) {
        this.args = args;
        this.table = table;
    }

    /** Runs it; ends with 2 if the arguments are wrong. */
    public static void main(String[] words) {
        Args args;
        try {
            // Maven hands all of them over as one.
            args = Args.of(String.join(" ", words).strip().split("\\s+", -1));
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage() + "\n" + Args.USAGE);
            System.exit(2);
            return;
        }
        long began = System.nanoTime();
        Table table = new Table(System.out);
        System.out.println(machine());
        new Bench(args, table).run();
        System.out.println();
        table.print(System.out);
        System.out.println("took " + (System.nanoTime() - began) / 1_000_000_000 + " s; " + machine());
        System.exit(0);
    }

    private static String machine() {
        double load = java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                .getSystemLoadAverage();
        return String.format(
                Locale.ROOT,
                "%d cores, Java %s, load %.1f, %s",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                load,
                Program.path());
    }

    private void run() {
        if (args.wants("start")) {
            ProgramBench.start(table);
        }
        if (args.wants("hook")) {
            HookBench.measure(table);
        }
        if (args.wantsAny("cli", "settled", "first", "storm", "pass", "memory")) {
            hundred();
        }
        if (args.wants("idle")) {
            try (Rig rig = Rig.settled(100, IdleBench.POLL)) {
                rig.beginSettled();
                IdleBench.measure(rig, args, table);
            }
        }
        if (args.wantsAny("pass", "memory")) {
            many(1_000);
            if (args.full()) {
                many(10_000);
            }
        }
        if (args.wants("firstpass")) {
            FirstPassBench bench = new FirstPassBench(table);
            bench.firstPass(100, 12.6);
            if (args.full()) {
                bench.firstPass(1_000, 67);
            }
        }
        if (args.wantsAny("load", "page")) {
            thousands();
        }
    }

    private void hundred() {
        try (Rig rig = Rig.settled(100, POLL)) {
            rig.beginSettled();
            PassBench pass = new PassBench(rig, 100, table);
            if (args.wants("memory")) {
                pass.idleMemory();
            }
            if (args.wants("cli")) {
                ProgramBench.command(rig, table);
            }
            StartBench start = new StartBench(rig, args, table);
            if (args.wants("settled")) {
                start.settled();
            }
            if (args.wants("pass")) {
                pass.pass();
            }
            if (args.wants("first")) {
                start.first();
            }
            if (args.wants("storm")) {
                new StormBench(rig, args, table).storms();
            }
        }
    }

    private void many(int guests) {
        try (Rig rig = Rig.settled(guests, POLL)) {
            rig.beginSettled();
            PassBench pass = new PassBench(rig, guests, table);
            if (args.wants("pass")) {
                pass.pass();
            }
            if (args.wants("memory")) {
                rig.house.api().post("/v1/sync");
                pass.passMemory();
            }
        }
    }

    private void thousands() {
        try (Rig rig = Rig.settled(LoadBench.GUESTS, POLL)) {
            rig.beginSettled();
            LoadBench bench = new LoadBench(rig, table);
            if (args.wants("page")) {
                bench.page();
            }
            if (args.wants("load")) {
                bench.load(args.load());
            }
        }
    }
}
