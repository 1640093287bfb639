package net.berth.cli.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** The lines of an endless answer, read one by one with a timeout for each. */
final class LineQueue implements AutoCloseable {
    private static final int AHEAD = 256;

    private final BlockingQueue<Optional<String>> lines = new ArrayBlockingQueue<>(AHEAD);
    private final InputStream in;
    private final Thread reader;

    LineQueue(InputStream in) {
        this.in = in;
        this.reader = Thread.ofVirtual().name("events").start(this::read);
    }

    private void read() {
        try (BufferedReader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                lines.put(Optional.of(line));
            }
            lines.put(Optional.empty());
        } catch (IOException ended) {
            end();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        try {
            lines.put(Optional.empty());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next line; empty when the answer has ended or the timeout is over. */
    Optional<String> next(Duration silence) throws InterruptedException {
        Optional<String> line = lines.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
        return line == null ? Optional.empty() : line;
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
