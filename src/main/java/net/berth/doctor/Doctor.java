package net.berth.doctor;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.berth.config.Settings;
import net.berth.config.SettingsFile;
import net.berth.doctor.CheckRunner.Check;
import net.berth.doctor.CheckRunner.Group;
import net.berth.edgemax.RouterProbe;
import net.berth.engine.port.PeerException;
import net.berth.engine.report.PassSteps;
import net.berth.nipap.NipapProbe;
import net.berth.proxmox.MissingRight;
import net.berth.proxmox.MissingRight.Weight;
import net.berth.proxmox.ProxmoxProbe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the settings and the three systems. */
public final class Doctor {
    /** A system that hangs may hang again when its connection is closed. */
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);

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
                            new Group(
                                    "settings",
                                    new Check("networks", () -> networks(settings)),
                                    new Check("secrets", () -> secrets(loaded.warnings()))),
                            new ProxmoxChecks(proxmox, settings, clock).group(),
                            new NipapChecks(nipap, settings).group(),
                            new RouterChecks(router, settings, clock).group()),
                    steps);
        } finally {
            close(proxmox::close, nipap::close, router::close);
        }
    }

    private static void close(Runnable... all) {
        List<Thread> closing = Stream.of(all).map(Thread::startVirtualThread).toList();
        try {
            for (Thread one : closing) {
                one.join(CLOSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Settings with networks that overlap could not have been loaded. */
    private static List<CheckResult> networks(Settings settings) {
        int count = settings.engine().networks().size();
        return List.of(CheckResult.green("berth.yaml can be read; "
                + (count == 1 ? "one network" : count + " networks, none overlaps another")));
    }

    private static List<CheckResult> secrets(List<String> warnings) {
        return warnings.isEmpty()
                ? List.of(CheckResult.green("only their owner can read the files"))
                : warnings.stream().map(Doctor::warning).toList();
    }

    /** The last part of a warning is the command. */
    private static CheckResult warning(String warning) {
        int command = warning.lastIndexOf("; chmod ");
        return command < 0
                ? CheckResult.yellow(warning)
                : CheckResult.yellow(warning.substring(0, command), warning.substring(command + 2));
    }

    /** Logs at the start which rights are missing in Proxmox; in the background, because Proxmox may not answer yet. */
    public static void logMissingRights(Settings settings) {
        Thread.ofVirtual().name("rights").start(() -> readRights(settings));
    }

    private static void readRights(Settings settings) {
        try (ProxmoxProbe probe = new ProxmoxProbe(settings.proxmox())) {
            List<MissingRight> missing = probe.missingRights(
                    settings.engine().networks(), settings.engine().policy());
            for (MissingRight right : missing) {
                if (right.weight() == Weight.OPTIONAL) {
                    LOG.debug("{}", right.text());
                } else {
                    LOG.warn("{}. As root on a node: {}", right.text(), String.join("; then: ", right.grant()));
                }
            }
        } catch (PeerException e) {
            LOG.warn("cannot read which rights are missing: {}", e.getMessage());
        }
    }
}
