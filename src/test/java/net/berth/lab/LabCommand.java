package net.berth.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One command of the real program, as a process of its own. */
record LabCommand(int exit, String out, String err) {

    /** Runs it with nothing to read; the folder takes its output. */
    static LabCommand run(Path folder, String... arguments) {
        return run("022", folder, arguments);
    }

    /** As {@link #run(Path, String...)}, with this umask. */
    static LabCommand run(String umask, Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "umask " + umask + "; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-Djdk.serialFilter=!*",
                "-cp",
                System.getProperty("java.class.path"),
                "net.berth.Main"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("command.out");
        Path err = folder.resolve("command.err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("berth " + arguments[0] + " did not end:\n" + Files.readString(err));
            }
            return new LabCommand(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
