package net.berth.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A folder with a whole and right berth.yaml and the files it names, for a test to spoil. */
final class SettingsFolder {
    static final String HOOK_KEY = "hook-key-of-thirty-two-bytes-000";
    static final String API_TOKEN = "api-token-hunter2-hunter2";
    static final String PROXMOX_TOKEN = "0b3c4f6e-1111-2222-3333-444455556666";
    static final String NIPAP_PASSWORD = "nipap pass:word #1";
    static final String ROUTER_KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nrouterkeyrouterkey\n-----END-----\n";

    /** All that is required and nothing else. */
    static final String SMALLEST = """
            server:
              hook-secret-file: hook.secret
              api-token-file: api.token
            proxmox:
              urls: [https://pve1.home.lan:8006]
              cluster: home
              token-id: berth@pve!berth
              token-file: proxmox.token
              fingerprint: "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF"
            nipap:
              url: http://nipap.home.lan:1337/XMLRPC
              username: berth
              password-file: nipap.password
            router:
              host: 192.168.1.1
              username: berth
              private-key-file: router.key
              host-key: "SHA256:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"
            networks:
              - name: lan
                bridge: vmbr0
                prefix: 192.168.1.0/24
                gateway: 192.168.1.1
                domain: home.lan
            """;

    private final Path folder;

    SettingsFolder(Path folder) {
        this.folder = folder;
        write("hook.secret", hookSecret(HOOK_KEY));
        write("api.token", API_TOKEN + "\n");
        write("proxmox.token", PROXMOX_TOKEN + "\n");
        write("nipap.password", NIPAP_PASSWORD + "\n");
        write("router.password", "router password\n");
        write("router.key", ROUTER_KEY);
        write("notify.secret", hookSecret("notify-key-of-thirty-two-bytes-0"));
    }

    static String hookSecret(String key) {
        return "whsec_" + Base64.getEncoder().encodeToString(key.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                + "\n";
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Writes a file that only its owner may read. */
    SettingsFolder write(String name, String content) {
        try {
            var file = Files.writeString(file(name), content);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SettingsFile.Loaded read(String yaml) {
        return read(yaml, Map.of());
    }

    SettingsFile.Loaded read(String yaml, Map<String, String> environment) {
        write("berth.yaml", yaml);
        return SettingsFile.read(file("berth.yaml"), environment);
    }

    /** The mistakes, each without the folder; none when the file is right. */
    List<String> mistakes(String yaml) {
        try {
            read(yaml);
            return List.of();
        } catch (SettingsException e) {
            return e.lines().stream()
                    .map(line -> line.replace(folder + "/", ""))
                    .toList();
        }
    }

    /** The smallest file with one piece of text replaced by another, or with lines put at its end. */
    static String smallestWith(String old, String text) {
        if (old.isEmpty()) {
            return SMALLEST + text + "\n";
        }
        if (!SMALLEST.contains(old)) {
            throw new IllegalArgumentException("not in the file: " + old);
        }
        return SMALLEST.replace(old, text);
    }
}
