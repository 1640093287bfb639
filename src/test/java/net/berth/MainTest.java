package net.berth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process, as a person starts it. */
class MainTest {
    @TempDir
    private Path folder;

    private record Ended(int code, String out, String err) {}

    private Ended berth(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "net.berth.Main"));
        command.addAll(List.of(arguments));
        Path err = folder.resolve("err");
        Process process =
                new ProcessBuilder(command).redirectError(err.toFile()).start();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        process.getInputStream().transferTo(out);
        return new Ended(process.waitFor(), out.toString(StandardCharsets.UTF_8), Files.readString(err));
    }

    @Test
    void eachMistakeInTheSettingsIsOneLineWithFileAndNumber() throws Exception {
        Path file = folder.resolve("berth.yaml");
        Files.writeString(file, "guests:\n  select: everything\n  moed: sync\n");
        Ended ended = berth("plan", "--config", file.toString());
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err().lines().toList())
                .contains(
                        file + ":2: guests.select: found \"everything\"; one of: hook, tag, all",
                        file + ":3: guests.moed: found an unknown key; did you mean mode?")
                .allMatch(line -> line.startsWith(file + ":"));
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void withoutACommandItSaysWhichThereAre() throws Exception {
        Ended ended = berth();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("serve", "plan", "sync", "guests", "explain");
    }
}
