package net.berth.setup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * The example settings that come with Berth. The package installs them as {@code /etc/berth/berth.yaml} (a conffile), so a
 * file that equals the example byte for byte has not been edited yet.
 */
final class ExampleSettings {
    private ExampleSettings() {}

    /** Why settings cannot be created there; empty when they can. */
    static Optional<String> obstacle(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (!is(file)) {
            return Optional.of(file + " exists and is not changed: move it away, or name another file with --config");
        }
        Path beside = beside(file);
        return Files.exists(beside) && !is(beside)
                ? Optional.of(file + " is the example that came with Berth and would be moved to " + beside
                        + ", but another file has that name: move one of them away")
                : Optional.empty();
    }

    /** Whether a file is the unchanged example. */
    static boolean is(Path file) {
        try {
            return Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), shipped());
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Renames the example and returns its new path. */
    static Path setAside(Path file) {
        try {
            return Files.move(file, beside(file), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot move " + file + " to " + beside(file) + ": " + e.getMessage(), e);
        }
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".example");
    }

    private static byte[] shipped() throws IOException {
        try (InputStream in = ExampleSettings.class.getResourceAsStream("/berth.yaml.example")) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its example settings");
            }
            return in.readAllBytes();
        }
    }
}
