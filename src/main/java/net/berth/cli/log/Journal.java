package net.berth.cli.log;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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

    private static final byte[] ERROR = "<3>".getBytes(StandardCharsets.US_ASCII);

    private Journal() {}

    /** Whether this process's does. */
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

    /** A stream that marks each line as an error, with {@code <3>} at its start. */
    public static OutputStream errors(OutputStream out) {
        return new FilterOutputStream(out) {
            private boolean begins = true;

            @Override
            public synchronized void write(int letter) throws IOException {
                if (begins) {
                    out.write(ERROR);
                }
                begins = letter == '\n';
                out.write(letter);
            }
        };
    }
}
