package net.berth;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.berth.config.Settings;
import net.berth.config.SettingsFile;
import net.berth.edgemax.EdgeMaxChecks;
import net.berth.engine.PassSteps;
import net.berth.engine.check.Check;
import net.berth.engine.check.Examination;
import net.berth.engine.check.Finding;
import net.berth.engine.check.Result;
import net.berth.engine.check.Ward;
import net.berth.nipap.NipapChecks;
import net.berth.proxmox.ProxmoxChecks;

/** Looks at the settings and at the three systems. */
final class Doctor {
    /** A system that hangs may hang at the good-bye, too. */
    private static final Duration GOOD_BYE = Duration.ofSeconds(2);

    private Doctor() {}

    static List<Result> examine(SettingsFile.Loaded loaded, Clock clock, PassSteps steps) {
        Settings settings = loaded.settings();
        ProxmoxChecks proxmox = new ProxmoxChecks(settings.proxmox(), clock);
        NipapChecks nipap = new NipapChecks(settings.nipap());
        EdgeMaxChecks router = new EdgeMaxChecks(settings.router(), clock);
        try {
            List<Ward> wards = List.of(
                    new Ward("settings", new Networks(settings), List.of(new Secrets(loaded.warnings()))),
                    proxmox.ward(settings.engine().networks(), settings.engine().policy()),
                    nipap.ward(settings.engine().networks()),
                    router.ward(settings.engine().networks()));
            return Examination.of(wards, steps);
        } finally {
            close(List.of(proxmox, nipap, router));
        }
    }

    private static void close(List<AutoCloseable> all) {
        List<Thread> leaving = new ArrayList<>();
        for (AutoCloseable one : all) {
            leaving.add(Thread.startVirtualThread(() -> {
                try {
                    one.close();
                } catch (Exception e) {
                    throw new IllegalStateException("a part did not stop", e);
                }
            }));
        }
        long end = System.nanoTime() + GOOD_BYE.toNanos();
        try {
            for (Thread thread : leaving) {
                thread.join(Duration.ofNanos(Math.max(TimeUnit.MILLISECONDS.toNanos(1), end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Settings that could be read have networks that do not overlap: else they would have been refused. */
    private record Networks(Settings settings) implements Check {
        @Override
        public String name() {
            return "networks";
        }

        @Override
        public List<Finding> look() {
            int count = settings.engine().networks().size();
            return List.of(Finding.green("berth.yaml can be read; "
                    + (count == 1 ? "one network" : count + " networks, none overlaps another")));
        }
    }

    private record Secrets(List<String> warnings) implements Check {
        @Override
        public String name() {
            return "secrets";
        }

        @Override
        public List<Finding> look() {
            return warnings.isEmpty()
                    ? List.of(Finding.green("only their owner can read the files"))
                    : warnings.stream().map(Secrets::finding).toList();
        }

        /** The warning's last part is the command. */
        private static Finding finding(String warning) {
            int command = warning.lastIndexOf("; chmod ");
            return command < 0
                    ? Finding.yellow(warning)
                    : Finding.yellow(warning.substring(0, command), warning.substring(command + 2));
        }
    }
}
