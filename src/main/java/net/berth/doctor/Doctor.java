package net.berth.doctor;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.berth.config.Settings;
import net.berth.config.SettingsFile;
import net.berth.edgemax.RouterProbe;
import net.berth.engine.report.PassSteps;
import net.berth.nipap.NipapProbe;
import net.berth.proxmox.ProxmoxProbe;

/** Checks the settings and the three systems. */
public final class Doctor {
    /** A system that hangs may hang again when its connection is closed. */
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private Doctor() {}

    /** Runs all checks; they change nothing. */
    public static List<CheckReport> run(SettingsFile.Loaded loaded, Clock clock, PassSteps steps) {
        Settings settings = loaded.settings();
        ProxmoxProbe proxmox = new ProxmoxProbe(settings.proxmox());
        NipapProbe nipap = new NipapProbe(settings.nipap());
        RouterProbe router = new RouterProbe(settings.router());
        try {
            return CheckRunner.run(
                    List.of(
                            new SettingsChecks(loaded).group(),
                            new ProxmoxChecks(proxmox, settings, clock).group(),
                            new NipapChecks(nipap, settings).group(),
                            new RouterChecks(router, settings, clock).group()),
                    steps);
        } finally {
            close(List.of(proxmox, nipap, router));
        }
    }

    private static void close(List<AutoCloseable> all) {
        List<Thread> closing = new ArrayList<>();
        for (AutoCloseable one : all) {
            closing.add(Thread.startVirtualThread(() -> {
                try {
                    one.close();
                } catch (Exception e) {
                    throw new IllegalStateException("a connection could not be closed", e);
                }
            }));
        }
        long end = System.nanoTime() + CLOSE.toNanos();
        try {
            for (Thread thread : closing) {
                thread.join(Duration.ofNanos(Math.max(TimeUnit.MILLISECONDS.toNanos(1), end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
