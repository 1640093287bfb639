package net.berth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Whether standard error goes to systemd's journal, which notes time and level of each line itself. systemd names the
 * device and inode of the stream in {@code JOURNAL_STREAM} (systemd.exec(5)); a child whose standard error was sent
 * elsewhere inherits the variable, so it is compared with what is really there.
 */
final class Journal {
    static final Path STDERR = Path.of("/proc/self/fd/2");

    private Journal() {}

    static boolean connected() {
        return connected(System.getenv(), STDERR);
    }

    static boolean connected(Map<String, String> environment, Path stderr) {
        String stream = environment.getOrDefault("JOURNAL_STREAM", "");
        if (stream.isEmpty()) {
            return false;
        }
        try {
            Map<String, Object> file = Files.readAttributes(stderr, "unix:dev,ino");
            return stream.equals(file.get("dev") + ":" + file.get("ino"));
        } catch (IOException | UnsupportedOperationException notKnown) {
            return false;
        }
    }
}
