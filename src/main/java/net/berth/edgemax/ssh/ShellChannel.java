package net.berth.edgemax.ssh;

import com.jcraft.jsch.ChannelExec;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** The two ends of one running command: lines go in, lines come out, each waited for with a deadline. */
public final class ShellChannel implements AutoCloseable {
    /** Lines that wait for the reader; if there are more, the router waits. */
    private static final int MOST_LINES = 100;

    private static final int LONGEST_LINE = 64 << 10;
    private static final Duration END_SLICE = Duration.ofMillis(50);
    private final ChannelExec channel;
    private final InputStream from;
    private final OutputStream to;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    /** Each line, and empty for the end of all lines. */
    private final BlockingQueue<Optional<String>> lines = new ArrayBlockingQueue<>(MOST_LINES);

    private final Thread pump = Thread.ofVirtual().name("router-output").unstarted(this::pump);

    ShellChannel(ChannelExec channel) throws IOException {
        this.channel = channel;
        from = new BufferedInputStream(channel.getInputStream());
        to = channel.getOutputStream();
        channel.setErrStream(new Bounded(errors));
    }

    void listen() {
        pump.start();
    }

    private void pump() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            try {
                for (int next = from.read(); next >= 0; next = from.read()) {
                    if (next == '\n') {
                        lines.put(Optional.of(line.toString(StandardCharsets.UTF_8)));
                        line.reset();
                    } else if (line.size() < LONGEST_LINE) {
                        line.write(next);
                    }
                }
            } catch (IOException cut) {
                // The reader gets the end, whatever the reason.
            }
            // A last line without its end is dropped: it may be half of something.
            lines.put(Optional.empty());
        } catch (InterruptedException closed) {
            // Nothing reads any more.
        }
    }

    /** Sends one line. */
    public void send(String line) {
        if (line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("one line at a time");
        }
        try {
            to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            to.flush();
        } catch (IOException cut) {
            throw RouterFailure.down("the connection to the router broke while sending" + errorText(), cut);
        }
    }

    /** The next line of output; empty at its end. */
    public Optional<String> next(long deadlineNanos) {
        try {
            Optional<String> line = lines.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw RouterFailure.down("the router did not answer in time" + errorText());
            }
            if (line.isEmpty()) {
                // For the next call.
                lines.add(line);
            }
            return line;
        } catch (InterruptedException stop) {
            throw RouterFailure.interrupted(stop);
        }
    }

    /**
     * Ends the input and waits for the command to end by itself; false when it did not. Its exit code counts as its end,
     * though its output stays open: a daemon that a commit has started may hold that for as long as it lives.
     */
    boolean finish(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            to.close();
            while (System.nanoTime() < deadline) {
                Optional<String> line = lines.poll(END_SLICE.toNanos(), TimeUnit.NANOSECONDS);
                if (line == null ? channel.getExitStatus() >= 0 : line.isEmpty()) {
                    return true;
                }
            }
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException dead) {
            return false;
        }
    }

    /** Whether the command ended with an exit code, not with its connection. Asked after the last line. */
    public boolean endedByItself() {
        for (int looks = 0; looks < 20 && !channel.isClosed(); looks++) {
            // The code comes a moment after the end of the output.
            pause(Duration.ofMillis(50));
        }
        int code = channel.getExitStatus();
        // From 128 on it was a signal: killed, as at a shutdown.
        return code >= 0 && code < 128;
    }

    /** Waits between two looks at the router. */
    public static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException stop) {
            throw RouterFailure.interrupted(stop);
        }
    }

    /** What came on standard error, for messages; begins with a colon when there is anything. */
    public String errorText() {
        String text =
                RouterText.printable(errors.toString(StandardCharsets.UTF_8).strip());
        return text.isEmpty() ? "" : ": " + text;
    }

    @Override
    public void close() {
        channel.disconnect();
        pump.interrupt();
        lines.clear();
    }

    /** Keeps the beginning only. */
    private static final class Bounded extends OutputStream {
        private static final int MOST = 8192;
        private final ByteArrayOutputStream target;

        Bounded(ByteArrayOutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int next) {
            if (target.size() < MOST) {
                target.write(next);
            }
        }
    }
}
