package net.berth.lab.proxmox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs a hookscript as Proxmox does: no shell, exactly VMID and phase as arguments, standard input at its end, no time
 * limit, and both outputs read to their end, so a child that keeps one open holds the start.
 */
final class HookRunner {
    // Proxmox itself waits for ever; a lab must end.
    private static final long LONGEST_MINUTES = 5;
    private final Map<String, String> environment;

    HookRunner(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Checks and runs; what is wrong comes as {@link ApiFailure} with Proxmox's text. */
    void run(Path snippets, String volume, int vmid, String phase, String migratedFrom, Output output) {
        try {
            execute(script(snippets, volume), vmid, phase, migratedFrom, output);
        } catch (ApiFailure e) {
            throw ApiFailure.die("hookscript error for " + vmid + " on " + phase + ": " + e.getMessage());
        }
    }

    /** Where the lines go. */
    record Output(Consumer<String> out, Consumer<String> err) {
        static Output both(Consumer<String> log) {
            return new Output(log, log);
        }
    }

    private static Path script(Path snippets, String volume) {
        if (!volume.matches("[^:]+:snippets/[^/]+")) {
            throw ApiFailure.die("'" + volume + "' is not in the snippets directory");
        }
        Path script = snippets.resolve(volume.substring(volume.indexOf('/') + 1));
        if (!Files.exists(script)) {
            throw ApiFailure.die("script '" + volume + "' does not exist");
        }
        if (!Files.isExecutable(script)) {
            throw ApiFailure.die("script '" + volume + "' is not executable");
        }
        return script;
    }

    private void execute(Path script, int vmid, String phase, String migratedFrom, Output output) {
        ProcessBuilder builder = new ProcessBuilder(script.toString(), Integer.toString(vmid), phase);
        builder.environment().clear();
        builder.environment().put("PATH", "/sbin:/bin:/usr/sbin:/usr/bin");
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("LVM_SUPPRESS_FD_WARNINGS", "1");
        builder.environment().put("PVE_MIGRATED_FROM", migratedFrom);
        builder.environment().putAll(environment);
        String command = "command '" + script + " " + vmid + " " + phase + "' failed: ";
        try (NamedPipes pipes = NamedPipes.make()) {
            // Opening and reading a pipe hold a virtual thread's carrier; two pumps would stop all others on two
            // processors.
            Thread out = Thread.ofPlatform().daemon().start(() -> pump(pipes.out(), output.out()));
            Thread err = Thread.ofPlatform().daemon().start(() -> pump(pipes.err(), output.err()));
            Process process = builder.redirectOutput(pipes.out().toFile())
                    .redirectError(pipes.err().toFile())
                    .start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly();
                throw new IllegalStateException("the hookscript ran for more than " + LONGEST_MINUTES + " minutes");
            }
            out.join();
            err.join();
            if (process.exitValue() != 0) {
                throw ApiFailure.die(command + "exit code " + process.exitValue());
            }
        } catch (IOException e) {
            throw ApiFailure.die(command + "failed to execute");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiFailure.die(command + "interrupted by signal");
        }
    }

    /**
     * Java's own pipe to a process ends with the process where nobody reads from it at that moment, whatever children of
     * it still write; a named pipe ends with its last writer.
     */
    private record NamedPipes(Path folder, Path out, Path err) implements AutoCloseable {
        static NamedPipes make() throws IOException, InterruptedException {
            Path folder = Files.createTempDirectory("hook");
            NamedPipes pipes = new NamedPipes(folder, folder.resolve("out"), folder.resolve("err"));
            int made = new ProcessBuilder("mkfifo", pipes.out.toString(), pipes.err.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (made != 0) {
                throw new IllegalStateException("mkfifo ended with " + made);
            }
            return pipes;
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
            Files.deleteIfExists(folder);
        }
    }

    private static void pump(Path pipe, Consumer<String> lines) {
        try (BufferedReader reader = Files.newBufferedReader(pipe)) {
            reader.lines().forEach(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
