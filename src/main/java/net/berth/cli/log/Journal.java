package net.berth.cli.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Whether standard error goes to systemd's journal, which records time and level of each line itself. systemd sets {@code
 * JOURNAL_STREAM} to the device and inode of the stream (systemd.exec(5)). A child process inherits the variable even if
 * its standard error is redirected, so it is compared with the real file.
 */
public final class Journal {
    /** Standard error. */
    public static final Path STDERR = Path.of("/proc/self/fd/2");

    private Journal() {}

    /** Whether it does in this process. */
    public static boolean connected() {
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
