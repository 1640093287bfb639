package net.berth.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The service runs as nobody and gets its secrets as systemd credentials, each under the name of its file. */
final class Credentials {
    /** The files of these names in {@link #FOLDER} are handed over by {@code berth.service} as it is shipped. */
    static final Set<String> SHIPPED =
            Set.of("hook.secret", "api.token", "proxmox.token", "nipap.password", "router.key", "router.password");

    static final Path FOLDER = Path.of("/etc/berth");

    private Credentials() {}

    /** What the service's unit needs beside what it has; empty when it needs nothing. */
    static List<String> lines(List<Path> secrets) {
        List<String> lines = new ArrayList<>();
        for (Path secret : secrets) {
            String name = String.valueOf(secret.getFileName());
            boolean shipped = SHIPPED.contains(name) && FOLDER.equals(secret.getParent());
            if (!shipped) {
                lines.add("LoadCredential=" + name + ":" + secret);
            }
        }
        return lines;
    }
}
