package net.berth.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Two network namespaces with one cable between them: {@code eth1} of a router (192.168.1.1/24) and {@code eth0} of a
 * guest. They live as long as this object: when the Java process ends, however it ends, their holders see the end of
 * their input and go.
 */
final class WirePair implements AutoCloseable {
    private static final List<String> PROGRAMS = List.of("unshare", "nsenter", "ip", "dnsmasq", "udhcpc", "dig");
    private static final List<String> FOLDERS =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private final Process router;
    private final Process guest;

    private WirePair(Process router, Process guest) {
        this.router = router;
        this.guest = guest;
    }

    /** Why there can be no such pair on this machine; empty when there can. */
    static Optional<String> obstacle() {
        Optional<String> missing = missing(PROGRAMS.toArray(String[]::new));
        if (missing.isPresent()) {
            return missing;
        }
        // The whole of what is needed: who may make a namespace may still not be let to put a cable in it.
        Said tried = run(unshared(
                List.of(),
                List.of(
                        "sh",
                        "-c",
                        "ip link add name v0 type veth peer name v1 && ip address add 192.0.2.1/32 dev v0")));
        return tried.code() == 0
                ? Optional.empty()
                : Optional.of("this user gets no network namespace here: "
                        + tried.text().strip());
    }

    /** Which of these programs are not installed here; empty when all are. */
    static Optional<String> missing(String... programs) {
        List<String> missing = Stream.of(programs)
                .filter(name -> FOLDERS.stream().noneMatch(folder -> Files.isExecutable(Path.of(folder, name))))
                .toList();
        return missing.isEmpty() ? Optional.empty() : Optional.of("not installed here: " + String.join(", ", missing));
    }

    static WirePair open() {
        Process router = holder(unshared(List.of(), List.of("sh", "-c", "echo up; exec cat")));
        Process guest = holder(
                ROOT
                        ? unshared(List.of(), List.of("sh", "-c", "echo up; exec cat"))
                        : List.of(
                                "nsenter",
                                "--target",
                                Long.toString(router.pid()),
                                "--user",
                                "--preserve-credentials",
                                "unshare",
                                "--net",
                                "sh",
                                "-c",
                                "echo up; exec cat"));
        WirePair pair = new WirePair(router, guest);
        pair.must(pair.onRouter("ip", "link", "set", "lo", "up"));
        pair.must(pair.onRouter(
                "ip",
                "link",
                "add",
                "name",
                "eth1",
                "type",
                "veth",
                "peer",
                "name",
                "eth0",
                "netns",
                "" + guest.pid()));
        pair.must(pair.onRouter("ip", "address", "add", "192.168.1.1/24", "dev", "eth1"));
        pair.must(pair.onRouter("ip", "link", "set", "eth1", "up"));
        return pair;
    }

    private static List<String> unshared(List<String> before, List<String> command) {
        List<String> words = new ArrayList<>(before);
        words.add("unshare");
        words.addAll(ROOT ? List.of("--net") : List.of("--user", "--map-root-user", "--net"));
        words.addAll(command);
        return words;
    }

    private static Process holder(List<String> command) {
        Process process = start(command);
        try {
            String up = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (!"up".equals(up)) {
                throw new IllegalStateException(command + " said " + up);
            }
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command as it runs in the router's namespace. */
    List<String> onRouter(String... command) {
        return inside(router, command);
    }

    /** A command as it runs in the guest's namespace. */
    List<String> onGuest(String... command) {
        return inside(guest, command);
    }

    private static List<String> inside(Process holder, String... command) {
        return Stream.concat(
                        Stream.concat(
                                Stream.of("nsenter", "--target", Long.toString(holder.pid()), "--net"),
                                ROOT ? Stream.empty() : Stream.of("--user", "--preserve-credentials")),
                        Stream.of(command))
                .toList();
    }

    /** Plugs a guest's NIC in: no address, this MAC. */
    void plug(String mac) {
        must(onGuest("ip", "link", "set", "eth0", "down"));
        must(onGuest("ip", "address", "flush", "dev", "eth0"));
        must(onGuest("ip", "link", "set", "eth0", "address", mac));
        must(onGuest("ip", "link", "set", "eth0", "up"));
    }

    /** Runs a command to its end and answers what it printed; an exception when it failed. */
    String must(List<String> command) {
        Said said = run(command);
        if (said.code() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + said.code() + ": " + said.text());
        }
        return said.text();
    }

    /**
     * What a command came to.
     *
     * @param code its exit code
     * @param text all it printed
     */
    record Said(int code, String text) {}

    static Said run(List<String> command) {
        try {
            Process process = start(command);
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + " does not end");
            }
            return new Said(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    static Process start(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("PATH", String.join(":", FOLDERS));
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        guest.destroy();
        router.destroy();
    }
}
