package net.berth.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The service runs without rights and gets its secrets as systemd credentials, each by the name of its file. */
final class ServiceCredentials {
    /** The files in {@link #FOLDER} that {@code berth.service} loads as it is shipped. */
    static final Set<String> SHIPPED =
            Set.of("hook.secret", "api.token", "proxmox.token", "nipap.password", "router.key", "router.password");

    static final Path FOLDER = Path.of("/etc/berth");

    private ServiceCredentials() {}

    /** The lines that the unit lacks for these secrets. */
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
