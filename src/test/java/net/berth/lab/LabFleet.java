package net.berth.lab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.berth.lab.proxmox.PveOptions;
import org.jspecify.annotations.Nullable;

/** A house with several receivers side by side, each a process of its own that knows nothing of the others. */
final class LabFleet implements AutoCloseable {
    private final LabHouse house;
    private final List<Member> members = new ArrayList<>();
    private final Random random;

    /** One receiver: where it listens, what it reads, what it logs over all its lives. */
    private static final class Member {
        private final int port;
        private final Path config;
        private final Path log;
        private @Nullable LabReceiver running;

        Member(int port, Path config, Path log) {
            this.port = port;
            this.config = config;
            this.log = log;
        }

        void start() {
            running = LabReceiver.startClasses(config, port, log);
        }

        void kill() {
            if (running != null) {
                running.kill();
            }
        }
    }

    LabFleet(int receivers, Map<String, String> settings, long seed) {
        random = new Random(seed);
        house = LabHouse.withoutReceiver(PveOptions.Timings.quick(), settings);
        try {
            Path logs = Files.createDirectories(Path.of("target", "lab-logs"));
            for (int i = 0; i < receivers; i++) {
                Path folder = Files.createDirectories(house.folder().resolve("receiver-" + i));
                int port = LabSettings.freePort();
                Path config = LabSettings.berthYaml(folder, port, house.pve(), house.nipap(), house.router(), settings);
                members.add(new Member(
                        port, config, logs.resolve(house.folder().getFileName() + "-receiver-" + i + ".log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        shuffleUrls();
    }

    LabHouse house() {
        return house;
    }

    int size() {
        return members.size();
    }

    /** From now on the nodes' hookscripts try the receivers in another order. */
    synchronized void shuffleUrls() {
        List<Member> order = new ArrayList<>(members);
        Collections.shuffle(order, random);
        String urls = order.stream()
                .map(member -> "url = http://127.0.0.1:" + member.port + "\n")
                .collect(Collectors.joining());
        try {
            // As pmxcfs does it: a hookscript reads the old text or the new one, never half of one.
            Path fresh = house.folder().resolve("berth.conf.new");
            Files.writeString(fresh, urls + "secret = " + LabSettings.HOOK_SECRET + "\nwait = 20\n");
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.move(
                    fresh,
                    house.folder().resolve("berth.conf"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL, and a new process with the same config. */
    void killAndRestart(int receiver) {
        Member member = members.get(receiver);
        member.kill();
        member.start();
    }

    /** Starts all at once. */
    void start() {
        LabLives.atOnce(IntStream.range(0, size()).boxed().toList(), receiver -> members.get(receiver)
                .start());
        awaitFirstPasses();
    }

    /** Waits until each has looked at everything once. */
    private void awaitFirstPasses() {
        for (int i = 0; i < size(); i++) {
            try (LabApi api = api(i)) {
                await("the first full pass of receiver " + i)
                        .atMost(LabLives.PATIENCE)
                        .until(() -> !api.health().path("lastPass").asText("").isEmpty());
            }
        }
    }

    LabApi api(int receiver) {
        return new LabApi(members.get(receiver).port);
    }

    /** What it has logged in all its lives. */
    String log(int receiver) {
        try {
            return Files.readString(members.get(receiver).log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        members.forEach(Member::kill);
        house.close();
    }
}
