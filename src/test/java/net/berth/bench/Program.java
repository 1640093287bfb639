package net.berth.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The program as it is packaged, in a process of its own with the package's own options for Java. */
final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private final Process process;
    private final double firstAnswer;

    private Program(Process process, double firstAnswer) {
        this.process = process;
        this.firstAnswer = firstAnswer;
    }

    /** Which one: {@code -Dbench.program=/usr/bin/berth} measures an installed package. */
    static Path path() {
        return Path.of(System.getProperty("bench.program", "target/berth/bin/berth"))
                .toAbsolutePath();
    }

    private static Process begin(Path config, File output, String... words) {
        List<String> command = new ArrayList<>(List.of(path().toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("--config", config.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("mvn package makes " + path(), e);
        }
    }

    /** Starts the receiver and waits for its first answer. */
    static Program serve(Path config, int port, Path log) {
        long began = System.nanoTime();
        Process process = begin(config, log.toFile(), "serve");
        while (!answers(port)) {
            if (!process.isAlive() || System.nanoTime() - began > PATIENCE.toNanos()) {
                process.destroyForcibly();
                throw new IllegalStateException("the receiver does not answer; its log:\n" + text(log));
            }
            LockSupport.parkNanos(2_000_000);
        }
        return new Program(process, (System.nanoTime() - began) / 1e6);
    }

    /** Runs a command to its end; answers how long it took, in milliseconds. */
    static double run(Path config, Path output, String... words) {
        long began = System.nanoTime();
        Process process = begin(config, output.toFile(), words);
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", words) + " failed:\n" + text(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return (System.nanoTime() - began) / 1e6;
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(2_000);
            String request =
                    "GET /observe/health HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == 'H';
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the start of the process, in milliseconds. */
    double firstAnswer() {
        return firstAnswer;
    }

    /** Resident memory in MB. */
    long residentMegabytes() {
        return text(Path.of("/proc/" + process.pid() + "/status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** How long processors have worked for it. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
