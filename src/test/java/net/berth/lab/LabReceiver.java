package net.berth.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import net.berth.security.ShownCertificate;
import org.awaitility.Awaitility;

/** The real receiver as a process of its own. */
final class LabReceiver implements AutoCloseable {
    private final Process process;
    private final Path log;

    private LabReceiver(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** The packaged program where the lab asks for it; tests run the classes they were compiled with. */
    static LabReceiver start(Path config, int port, Path log) {
        Path program = Path.of("target/berth/bin/berth").toAbsolutePath();
        return Boolean.getBoolean("lab.program") && Files.isExecutable(program)
                ? start(List.of(program.toString()), config, port, log)
                : startClasses(config, port, log);
    }

    /** By class path: what a test has before the program is packaged. */
    static LabReceiver startClasses(Path config, int port, Path log) {
        return start(classes(), config, port, log);
    }

    /** Like {@link #startClasses}, where the settings have a certificate. */
    static LabReceiver startHttps(Path config, int port, Path log) {
        LabReceiver receiver = launch(classes(), config, log);
        receiver.awaitAnswer(() -> showsCertificate(port));
        return receiver;
    }

    private static List<String> classes() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                // A short life: what matters is how soon it is up.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djdk.serialFilter=!*",
                "-cp",
                System.getProperty("java.class.path"),
                "net.berth.Main");
    }

    /** Another command of the same program, as a person gives it; answers its exit code. */
    static int command(Path config, String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(classes());
        command.addAll(List.of(name, "--config", config.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(name + " did not end");
        }
        return process.exitValue();
    }

    private static LabReceiver start(List<String> program, Path config, int port, Path log) {
        LabReceiver receiver = launch(program, config, log);
        receiver.awaitAnswer(port);
        return receiver;
    }

    private static LabReceiver launch(List<String> program, Path config, Path log) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("serve", "--config", config.toString()));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new LabReceiver(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitAnswer(int port) {
        URI health = URI.create("http://127.0.0.1:" + port + "/observe/health");
        try (HttpClient client = HttpClient.newHttpClient()) {
            awaitAnswer(() -> answers(client, health));
        }
    }

    private void awaitAnswer(Callable<Boolean> answers) {
        Awaitility.await("the receiver's first answer; its log is " + log)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("the receiver ended:\n" + Files.readString(log));
                    }
                    return answers.call();
                });
    }

    private static boolean showsCertificate(int port) {
        try {
            ShownCertificate.of("127.0.0.1", port, Duration.ofSeconds(2));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static boolean answers(HttpClient client, URI health) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(health)
                    .timeout(Duration.ofSeconds(2))
                    .build();
            client.send(request, HttpResponse.BodyHandlers.discarding());
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Its process. */
    long pid() {
        return process.pid();
    }

    /** What it has logged. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it at once. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                process.waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }
}
