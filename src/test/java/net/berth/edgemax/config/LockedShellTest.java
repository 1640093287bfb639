package net.berth.edgemax.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shell code of the lock in real shells, each with or without the program flock. */
class LockedShellTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private final List<Shell> shells = new ArrayList<>();

    @TempDir
    Path folder;

    /** A shell that was told to take the lock. */
    private static final class Shell {
        final Process process;
        final BufferedReader out;

        Shell(Process process) {
            this.process = process;
            out = process.inputReader(StandardCharsets.UTF_8);
        }

        void send(String line) {
            try {
                process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
            } catch (IOException dead) {
                throw new UncheckedIOException(dead);
            }
        }

        String said() {
            try {
                return String.valueOf(out.readLine());
            } catch (IOException dead) {
                throw new UncheckedIOException(dead);
            }
        }
    }

    /** A PATH that has Perl, and no flock. */
    @BeforeEach
    void fewPrograms() throws IOException {
        Files.createDirectory(folder.resolve("few"));
        for (String program : List.of("perl", "sleep")) {
            Path script = folder.resolve("few").resolve(program);
            Files.writeString(script, "#!/bin/sh\nexec " + find(program) + " \"$@\"\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static Path find(String program) {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(":", -1))
                .map(each -> Path.of(each, program))
                .filter(Files::isExecutable)
                .findFirst();
        return found.orElseThrow();
    }

    @AfterEach
    void kill() {
        shells.forEach(shell -> shell.process.destroyForcibly());
    }

    private Shell shell(boolean flock, Duration wait, Duration patience) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", "--noprofile", "--norc", "-s");
        builder.redirectErrorStream(true);
        if (!flock) {
            builder.environment().put("PATH", folder.resolve("few").toString());
        }
        Shell shell = new Shell(builder.start());
        shells.add(shell);
        shell.send(RouterLock.FUNCTION);
        shell.send(RouterLock.take(wait).replace(RouterLock.FILE, folder + "/lock") + "; echo \"lock $?\"");
        shell.send(RouterLock.serve(patience));
        return shell;
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void oneShellHoldsTheLockUntilItIsKilled(boolean flock, boolean otherFlock) throws IOException {
        Shell first = shell(flock, SECOND, MINUTE);
        assertThat(first.said()).isEqualTo("lock 0");
        assertThat(shell(otherFlock, SECOND, MINUTE).said()).isEqualTo("lock " + RouterLock.BUSY);
        Shell third = shell(otherFlock, MINUTE, MINUTE);

        first.process.destroyForcibly();

        assertThat(third.said()).isEqualTo("lock 0");
        third.send("echo served");
        assertThat(third.said()).isEqualTo("served");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aShellThatGetsNoCommandEndsAndFreesTheLock(boolean flock) throws IOException {
        Shell idle = shell(flock, SECOND, SECOND);
        assertThat(idle.said()).isEqualTo("lock 0");

        assertThat(shell(flock, MINUTE, MINUTE).said()).isEqualTo("lock 0");

        assertThat(idle.said()).as("the end of its output").isEqualTo("null");
    }

    @Test
    void aProgramThatOutlivesTheShellDoesNotHoldTheLock() throws IOException {
        Shell first = shell(true, SECOND, MINUTE);
        assertThat(first.said()).isEqualTo("lock 0");
        first.send("sleep 30 </dev/null >/dev/null 2>&1 " + RouterLock.CLOSED + " & echo $!");
        String daemon = first.said();

        first.process.destroyForcibly();

        assertThat(shell(true, MINUTE, MINUTE).said()).isEqualTo("lock 0");
        Optional<ProcessHandle> alive = ProcessHandle.of(Long.parseLong(daemon));
        assertThat(alive)
                .hasValueSatisfying(process -> assertThat(process.isAlive()).isTrue());
        alive.ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void whereTheFileCannotBeOpenedTheShellSaysWhy() throws IOException {
        Files.createSymbolicLink(folder.resolve("lock"), folder.resolve("nowhere/lock"));

        Shell shell = shell(true, SECOND, MINUTE);

        assertThat(shell.said() + shell.said()).contains(folder + "/lock: No such file or directory");
        assertThat(shell.said()).isEqualTo("lock 2");
    }
}
