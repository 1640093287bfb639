package net.berth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * The example settings that Berth comes with. The package puts them where the settings belong (a conffile of dpkg's), so
 * a file that is still the same byte for byte is one that nobody has written yet.
 */
final class Example {
    private Example() {}

    /** Why settings cannot be made there; empty when they can. */
    static Optional<String> obstacle(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (!is(file)) {
            return Optional.of(file + " is there and is left alone: move it away, or name another with --config");
        }
        Path beside = beside(file);
        return Files.exists(beside) && !is(beside)
                ? Optional.of(file + " is the example that Berth came with and would be moved to " + beside
                        + ", but another file is there: move one of them away")
                : Optional.empty();
    }

    /** Whether it is the example and nothing else. */
    static boolean is(Path file) {
        try {
            return Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), shipped());
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Moves the example aside; answers where it is then. */
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
        try (InputStream in = Example.class.getResourceAsStream("/berth.yaml.example")) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its example of settings");
            }
            return in.readAllBytes();
        }
    }
}
