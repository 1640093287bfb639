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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The two ends of one running command: lines go in, lines come out, each waited for with a deadline. */
public final class ShellChannel implements AutoCloseable {
    // A whole config is some hundred kilobytes; more than this is not an answer.
    private static final long MOST_BYTES = 64L << 20;
    private static final int LONGEST_LINE = 1 << 20;
    private static final Duration END_SLICE = Duration.ofMillis(50);
    /** A line, or the end of all lines. */
    private record Output(String line, boolean end) {
        static final Output END = new Output("", true);
    }

    private final ChannelExec channel;
    private final InputStream from;
    private final OutputStream to;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final BlockingQueue<Output> lines = new LinkedBlockingQueue<>();

    ShellChannel(ChannelExec channel) throws IOException {
        this.channel = channel;
        from = new BufferedInputStream(channel.getInputStream());
        to = channel.getOutputStream();
        channel.setErrStream(new Bounded(errors));
    }

    void listen() {
        Thread.ofVirtual().name("router-output").start(this::pump);
    }

    private void pump() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long total = 0;
        try {
            for (int next = from.read(); next >= 0 && total < MOST_BYTES; next = from.read(), total++) {
                if (next == '\n') {
                    lines.add(new Output(line.toString(StandardCharsets.UTF_8), false));
                    line.reset();
                } else if (line.size() < LONGEST_LINE) {
                    line.write(next);
                }
            }
        } catch (IOException cut) {
            // The end is what the reader is told, whatever the reason.
        } finally {
            // A last line without its end is not told: it may be half of something.
            lines.add(Output.END);
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
            Output output = lines.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (output == null) {
                throw RouterFailure.down("the router did not answer in time" + errorText());
            }
            if (output.end()) {
                lines.add(output);
                return Optional.empty();
            }
            return Optional.of(output.line());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw RouterFailure.down("stopped while waiting for the router", stop);
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
                Output output = lines.poll(END_SLICE.toNanos(), TimeUnit.NANOSECONDS);
                if (output == null ? channel.getExitStatus() >= 0 : output.end()) {
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
            Pause.of(Duration.ofMillis(50));
        }
        int code = channel.getExitStatus();
        // From 128 on it was a signal: killed, as at a shutdown.
        return code >= 0 && code < 128;
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
    }

    /** Keeps the beginning and drops the rest. */
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
