package net.berth.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import net.berth.lab.edgeos.EdgeOs;
import net.berth.lab.edgeos.Options;
import net.berth.lab.nipap.LabNipap;
import net.berth.lab.proxmox.PveLab;

/** Writes what a person would have in {@code /etc/berth} and on the Proxmox nodes. */
final class LabSettings {
    static final String HOOK_SECRET = "whsec_"
            + Base64.getEncoder().encodeToString("a secret of the lab, 32 bytes ok".getBytes(StandardCharsets.UTF_8));
    static final String API_TOKEN = "lab-api-token-0123456789";
    static final String API_READ_TOKEN = "lab-read-token-9876543210";

    private LabSettings() {}

    /**
     * A port that is free now; the settings name it before the receiver listens. It lies below those that the kernel gives
     * to anything that asks for any: a test beside this one must not get it meanwhile.
     */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // Another one.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The hookscript's config; answers its path. */
    static Path hookConfig(Path folder, int port) {
        return secret(folder.resolve("berth.conf"), """
                # What /etc/pve/priv/berth.conf holds on a real cluster.
                url = http://127.0.0.1:%d
                secret = %s
                wait = 20
                """.formatted(port, HOOK_SECRET));
    }

    /** What the hookscript finds in its environment; its clock is the node's. */
    static Map<String, String> hookEnvironment(Path folder, Path hookConfig, Duration nodesAhead) {
        if (nodesAhead.isZero()) {
            return Map.of("BERTH_HOOK_CONF", hookConfig.toString());
        }
        secret(folder.resolve("NodeClock.pm"), """
                package NodeClock;
                BEGIN { *CORE::GLOBAL::time = sub () { CORE::time() + %d } }
                1;
                """.formatted(nodesAhead.toSeconds()));
        return Map.of(
                "BERTH_HOOK_CONF", hookConfig.toString(), "PERL5LIB", folder.toString(), "PERL5OPT", "-MNodeClock");
    }

    /** {@code berth.yaml} and its secrets; answers its path. */
    static Path berthYaml(
            Path folder, int port, PveLab pve, LabNipap nipap, EdgeOs router, Map<String, String> replace) {
        secret(folder.resolve("hook.secret"), HOOK_SECRET + "\n");
        secret(folder.resolve("api.token"), API_TOKEN + "\n");
        secret(folder.resolve("api-read.token"), API_READ_TOKEN + "\n");
        secret(folder.resolve("proxmox.token"), pve.tokenSecret() + "\n");
        secret(folder.resolve("nipap.password"), LabNipap.PASSWORD + "\n");
        secret(folder.resolve("router.password"), Options.PASSWORD + "\n");
        String yaml = """
                server:
                  listen: 127.0.0.1:%d
                  hook-secret-file: hook.secret
                  api-token-file: api.token
                proxmox:
                  urls: [%s]
                  cluster: home
                  token-id: %s
                  token-file: proxmox.token
                  fingerprint: "%s"
                  poll: 1s
                  resync: 10m
                nipap:
                  url: %s
                  username: %s
                  password-file: nipap.password
                  vrf: default
                router:
                  kind: edgemax
                  host: 127.0.0.1
                  port: %d
                  username: %s
                  password-file: router.password
                  host-key: "%s"
                networks:
                  - name: lan
                    bridge: vmbr0
                    prefix: 192.168.1.0/24
                    gateway: 192.168.1.1
                    domain: home.lan
                    nameservers: [192.168.1.1]
                    dhcp: LAN
                    exclude: [192.168.1.2-192.168.1.19]
                guests:
                  select: hook
                  mode: sync
                  write-back: first-boot
                  release-after: 3s
                  release-limit: 3
                """.formatted(
                        port,
                        pve.url(),
                        pve.tokenId(),
                        pve.fingerprint(),
                        nipap.url(),
                        LabNipap.USER,
                        router.port(),
                        Options.USER,
                        router.hostKey());
        for (Map.Entry<String, String> change : replace.entrySet()) {
            if (!yaml.contains(change.getKey())) {
                throw new IllegalArgumentException("berth.yaml of the lab has no \"" + change.getKey() + "\"");
            }
            yaml = yaml.replace(change.getKey(), change.getValue());
        }
        return secret(folder.resolve("berth.yaml"), yaml);
    }

    private static Path secret(Path file, String text) {
        try {
            Files.writeString(file, text);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
