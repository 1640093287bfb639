package net.berth.lab.edgeos;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder with the router's programs, which a developer's machine does not have in their real places. */
final class ToolFolder implements AutoCloseable {
    private final Path root;

    ToolFolder() throws IOException {
        root = Files.createTempDirectory("edgeos");
        Path client = put("client", root.resolve("client"));
        for (String name : List.of("sbin/vyatta-cfg-cmd-wrapper", "bin/vyatta-op-cmd-wrapper")) {
            link(root.resolve(name), client);
        }
        for (String name : List.of("cli-shell-api", "pidof", "ip", "df", "lab-cat", "lab-policy")) {
            link(root.resolve("path").resolve(name), client);
        }
        Files.createDirectories(root.resolve("config"));
        put("sg", root.resolve("path/sg"));
        put("sudo", root.resolve("path/sudo"));
        put("id", root.resolve("path/id"));
    }

    /** Where the programs are that a router has in {@code /opt/vyatta}. */
    String vyatta() {
        return root.toString();
    }

    String path() {
        return root.resolve("path") + ":/usr/bin:/bin";
    }

    private static Path put(String program, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream in = ToolFolder.class.getResourceAsStream("/edgeos/programs/" + program)) {
            Files.copy(in, target);
        }
        return Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void link(Path link, Path target) throws IOException {
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, target);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
