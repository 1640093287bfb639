package net.berth.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.berth.lab.edgeos.EdgeOs;

/** The router's real dnsmasq, and in ISC mode dhcpd, on the wire, running with what the router of the lab has committed; and a real guest's side. */
final class WireRouter implements AutoCloseable {
    private static final String CLIENT = """
            #!/bin/sh
            [ "$1" = bound ] || exit 0
            ip address add "$ip/$mask" dev "$interface"
            echo "bound=$ip"
            """;
    private final WirePair wire = WirePair.open();
    private final EdgeOs router;
    private final Path folder;
    private final Path client;
    private Process dnsmasq;
    private Optional<Process> dhcpd = Optional.empty();

    WireRouter(EdgeOs router, Path folder) {
        this.router = router;
        this.folder = folder;
        client = write("client", CLIENT);
        try {
            Files.setPosixFilePermissions(client, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        restart();
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a commit does: writes the files anew and starts dnsmasq again; its leases stay. */
    void restart() {
        stop();
        write("hosts", String.join("\n", router.hostsFile()) + "\n");
        Path config = write("dnsmasq.conf", router.dnsmasqConfig());
        dnsmasq = WirePair.start(wire.onRouter(
                "dnsmasq",
                "--keep-in-foreground",
                "--user=root",
                "--group=root",
                "--no-resolv",
                "--no-hosts",
                "--pid-file=",
                "--conf-file=" + config,
                "--addn-hosts=" + folder.resolve("hosts"),
                "--dhcp-leasefile=" + folder.resolve("leases"),
                "--log-facility=" + folder.resolve("dnsmasq.log")));
        // The lab's router has this name by an entry of a person's.
        await("dnsmasq answers").atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(dnsmasq.isAlive()).as("dnsmasq lives").isTrue();
            assertThat(resolve("nas.home.lan")).containsExactly("192.168.1.6");
        });
        startDhcpd();
    }

    /** Why the DHCP server of ISC mode cannot be asked here; empty when it can. */
    static Optional<String> iscObstacle(EdgeOs router, Path folder) {
        Optional<String> missing = WirePair.missing("dhcpd");
        if (missing.isPresent()) {
            return missing;
        }
        try {
            Path config = Files.writeString(folder.resolve("tried.conf"), router.iscConfig());
            WirePair.Said said = WirePair.run(List.of("dhcpd", "-4", "-t", "-cf", config.toString()));
            return said.code() == 0 ? Optional.empty() : Optional.of("dhcpd does not run here: " + said.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startDhcpd() {
        if (!router.iscConfig().isEmpty()) {
            Path leases = folder.resolve("dhcpd.leases");
            dhcpd = Optional.of(WirePair.start(wire.onRouter(
                    "dhcpd",
                    "-4",
                    "-f",
                    "-q",
                    "--no-pid",
                    "-cf",
                    write("dhcpd.conf", router.iscConfig()).toString(),
                    "-lf",
                    (Files.exists(leases) ? leases : write("dhcpd.leases", "")).toString(),
                    "eth1")));
        }
    }

    /** The addresses of a name. */
    List<String> resolve(String name) {
        return dig(name, "A");
    }

    /** The names of an address. */
    List<String> reverse(String address) {
        return dig("-x", address);
    }

    private List<String> dig(String... question) {
        List<String> command = new ArrayList<>(wire.onRouter("dig", "@192.168.1.1", "+short", "+time=2", "+tries=1"));
        command.addAll(List.of(question));
        return WirePair.run(command).text().lines().sorted().toList();
    }

    /** A client with this MAC asks for an address; empty when it gets none. It keeps its lease, as most do. */
    Optional<String> ask(String mac) {
        dhcpd.ifPresent(
                running -> assertThat(running.isAlive()).as("dhcpd lives").isTrue());
        wire.plug(mac);
        List<String> command =
                wire.onGuest("udhcpc", "-f", "-n", "-q", "-t", "4", "-T", "2", "-i", "eth0", "-s", client.toString());
        return WirePair.run(command)
                .text()
                .lines()
                .filter(line -> line.startsWith("bound="))
                .map(line -> line.substring("bound=".length()))
                .findFirst();
    }

    /** All leases run out; then a restart. */
    void restartWithoutLeases() {
        stop();
        write("leases", "");
        restart();
    }

    private static void ended(Process process) {
        try {
            assertThat(process.waitFor(10, TimeUnit.SECONDS))
                    .as("the process has ended")
                    .isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What dnsmasq has leased now shows in the router's table of leases too. */
    void showLeases() {
        try {
            for (String line : Files.readAllLines(folder.resolve("leases"))) {
                String[] words = line.split(" ", -1);
                router.lease(
                        words[2],
                        words[1],
                        Instant.ofEpochSecond(Long.parseLong(words[0])),
                        "LAN",
                        words[3].equals("*") ? "" : words[3]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What dnsmasq and the clients have logged. */
    String log() {
        try {
            return Files.readString(folder.resolve("dnsmasq.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop() {
        dhcpd.ifPresent(running -> {
            running.destroy();
            ended(running);
        });
        dhcpd = Optional.empty();
        if (dnsmasq != null) {
            dnsmasq.destroy();
            ended(dnsmasq);
        }
    }

    @Override
    public void close() {
        stop();
        wire.close();
    }
}
