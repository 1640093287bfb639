package net.berth.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.berth.lab.edgeos.EdgeOs;
import net.berth.lab.nipap.LabNipap;
import net.berth.lab.proxmox.PveLab;
import net.berth.lab.proxmox.PveOptions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A whole home: three systems, the hookscript on the nodes, and the receiver. */
public final class LabHouse implements AutoCloseable {
    /** Fast enough for a person to watch, slow enough for the real races. */
    static final PveOptions.Timings LIVELY = new PveOptions.Timings(
            Duration.ofSeconds(10), Duration.ofMillis(1500), Duration.ofMillis(1500), Duration.ofMillis(20));

    private final Path folder;
    private final EdgeOs router;
    private final LabNipap nipap;
    private final PveLab pve;
    private final int port;
    private final Path config;
    private final String hook;
    private final LabApi api;
    private volatile LabReceiver receiver;

    private LabHouse(PveOptions.Timings timings, Map<String, String> settings, Duration nodesAhead) {
        try {
            folder = Files.createTempDirectory("berth-lab");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = LabSettings.freePort();
        Path hookConfig = LabSettings.hookConfig(folder, port);
        router = EdgeOs.start();
        nipap = LabNipap.start();
        nipap.addAssignment("192.168.1.0/24", "home LAN");
        pve = PveLab.start(
                PveOptions.quick()
                        .timings(timings)
                        .dhcp((mac, bridge, vlan) -> reservation(mac))
                        .clock(() -> Instant.now().plus(nodesAhead))
                        .hookEnvironment(LabSettings.hookEnvironment(folder, hookConfig, nodesAhead)),
                folder);
        config = LabSettings.berthYaml(folder, port, pve, nipap, router, settings);
        hook = pve.installHook(Path.of("hookscripts/berth-hook"));
        api = new LabApi(port);
    }

    /** Everything but the receiver, which the caller starts. */
    public static LabHouse withoutReceiver(PveOptions.Timings timings, Map<String, String> settings) {
        return new LabHouse(timings, settings, Duration.ZERO);
    }

    /** Waits until the receiver has looked at everything once; closes the house if it does not. */
    LabHouse afterFirstPass() {
        try {
            Awaitility.await("the first full pass")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !api.health().path("lastPass").asText("").isEmpty());
            return this;
        } catch (ConditionTimeoutException late) {
            close();
            throw late;
        }
    }

    /** Everything. */
    static LabHouse open(PveOptions.Timings timings, Map<String, String> settings) {
        return open(timings, settings, Duration.ZERO);
    }

    /** Everything, with nodes whose clocks are off. */
    static LabHouse open(PveOptions.Timings timings, Map<String, String> settings, Duration nodesAhead) {
        LabHouse house = new LabHouse(timings, settings, nodesAhead);
        house.startReceiver();
        return house;
    }

    private Optional<String> reservation(String mac) {
        return router.mappings().stream()
                .map(line -> line.split(" ", -1))
                .filter(parts -> parts[2].equalsIgnoreCase(mac))
                .map(parts -> parts[3])
                .findFirst();
    }

    void startReceiver() {
        receiver = LabReceiver.start(config, port, folder.resolve("receiver.log"));
    }

    void stopReceiver() {
        receiver.close();
        receiver = null;
    }

    void killReceiver() {
        receiver.kill();
        receiver = null;
    }

    long receiverPid() {
        return receiver.pid();
    }

    /** What receivers have logged, whether one lives or not. */
    String receiverLog() {
        try {
            return Files.readString(folder.resolve("receiver.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its router. */
    public EdgeOs router() {
        return router;
    }

    /** Its NIPAP. */
    public LabNipap nipap() {
        return nipap;
    }

    /** Its cluster. */
    public PveLab pve() {
        return pve;
    }

    /** The receiver's API. */
    public LabApi api() {
        return api;
    }

    /** Where the receiver listens. */
    public int port() {
        return port;
    }

    /** The receiver's {@code berth.yaml}. */
    public Path config() {
        return config;
    }

    /** Where its files are; deleted with it. */
    public Path folder() {
        return folder;
    }

    /** The volume id of the hookscript. */
    public String hook() {
        return hook;
    }

    /** What each system holds now. */
    LabView view() {
        return LabView.of(this);
    }

    @Override
    public void close() {
        if (receiver != null) {
            receiver.close();
        }
        api.close();
        pve.close();
        nipap.close();
        router.close();
        keepLog();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(LabHouse::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The log outlives the house: after the tests it is searched for secrets. */
    private void keepLog() {
        Path log = folder.resolve("receiver.log");
        if (!Files.exists(log)) {
            return;
        }
        try {
            Path logs = Files.createDirectories(Path.of("target", "lab-logs"));
            Files.copy(log, logs.resolve(folder.getFileName() + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
