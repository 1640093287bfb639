package net.berth.bench;

import java.nio.file.Path;
import java.time.Duration;

/** The program's own start: the receiver until its first answer, and a command until its end. */
final class ProgramBench {
    private static final int ROUNDS = 5;
    private static final double SERVE = 900;
    private static final double PACKAGED = 600;
    private static final double COMMAND = 500;

    private ProgramBench() {}

    static void start(Table table) {
        Series times = new Series();
        try (Rig rig = Rig.settled(100, Duration.ofSeconds(30))) {
            Path log = rig.house.folder().resolve("start.log");
            for (int i = -1; i < ROUNDS; i++) {
                try (Program program = Program.serve(rig.house.config(), rig.house.port(), log)) {
                    if (i >= 0) {
                        times.add(program.firstAnswer());
                    }
                }
            }
        }
        boolean packaged = !Program.path().endsWith("target/berth/bin/berth");
        double most = packaged ? PACKAGED : SERVE;
        String what = "start to first answer, " + (packaged ? "as packaged" : "target/berth, second start on");
        table.add(Figure.times(what, times, "", "<= " + (int) most + " ms", times.median() <= most));
    }

    static void command(Rig rig, Table table) {
        Series times = new Series();
        Path output = rig.house.folder().resolve("command.out");
        Program.run(rig.house.config(), output, "guests");
        for (int i = 0; i < ROUNDS; i++) {
            times.add(Program.run(rig.house.config(), output, "guests"));
        }
        table.add(Figure.times(
                "berth guests, 100 guests", times, "", "<= 500 ms as packaged", times.median() <= COMMAND));
    }
}
