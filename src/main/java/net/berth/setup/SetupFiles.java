package net.berth.setup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Creates files that only their owner can read, and never changes an existing one. The package installs example settings as
 * {@code /etc/berth/berth.yaml} (a conffile), so a file that equals the example byte for byte has not been edited yet; it is
 * renamed.
 */
record SetupFiles(Path folder) {

    /** The path of a file in this folder. */
    Path path(String name) {
        return folder.resolve(name);
    }

    /** Creates a file; false, without a change, when it exists. */
    boolean create(String name, String text) {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var how = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            Files.createDirectories(folder);
            try (var out = Channels.newOutputStream(Files.newByteChannel(path(name), how, mode))) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + path(name) + ": " + e.getMessage(), e);
        }
    }

    /** Creates a file without secrets that every user can read, as the service must; false when it exists. */
    boolean createReadable(String name, String text) {
        if (!create(name, text)) {
            return false;
        }
        try {
            // Not when it is created: the umask of the caller would remove the rights again.
            Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString("rw-r--r--"));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make " + path(name) + " readable for the service: " + e.getMessage(), e);
        }
    }

    /** Why settings cannot be created there; empty when they can. */
    static Optional<String> obstacle(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (!isExample(file)) {
            return Optional.of(file + " exists and is not changed: move it away, or name another file with --config");
        }
        Path beside = beside(file);
        return Files.exists(beside) && !isExample(beside)
                ? Optional.of(file + " is the example that came with Berth and would be moved to " + beside
                        + ", but another file has that name: move one of them away")
                : Optional.empty();
    }

    /** Whether a file is the unchanged example. */
    static boolean isExample(Path file) {
        try (InputStream shipped = SetupFiles.class.getResourceAsStream("/berth.yaml.example")) {
            if (shipped == null) {
                throw new IllegalStateException("the program lacks its example settings");
            }
            return Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), shipped.readAllBytes());
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Renames the example and returns its new path. */
    static Path setExampleAside(Path file) {
        try {
            return Files.move(file, beside(file), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot move " + file + " to " + beside(file) + ": " + e.getMessage(), e);
        }
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".example");
    }
}
