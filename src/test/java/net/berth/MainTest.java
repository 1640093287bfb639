package net.berth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process, as a person starts it. */
class MainTest {
    @TempDir
    private Path folder;

    private record Ended(int code, String out, String err) {}

    private Ended berth(String... arguments) throws IOException, InterruptedException {
        return berth(Map.of(), arguments);
    }

    private Ended berth(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "net.berth.Main"));
        command.addAll(List.of(arguments));
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
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
    void inTheJournalEachMistakeIsAnError() throws Exception {
        Path file = folder.resolve("berth.yaml");
        Files.writeString(file, "guests:\n  select: everything\n  moed: sync\n");
        // systemd's stream, played by the file that standard error goes to.
        Map<String, Object> stream = Files.readAttributes(Files.createFile(folder.resolve("err")), "unix:dev,ino");
        Map<String, String> journal = Map.of("JOURNAL_STREAM", stream.get("dev") + ":" + stream.get("ino"));
        assertThat(berth(journal, "serve", "--config", file.toString()).err().lines())
                .hasSizeGreaterThan(1)
                .allMatch(line -> line.startsWith("<3>" + file + ":"));
        Map<String, String> inherited = Map.of("JOURNAL_STREAM", "1:1");
        assertThat(berth(inherited, "serve", "--config", file.toString()).err().lines())
                .allMatch(line -> line.startsWith(file + ":"));
    }

    @Test
    void withoutACommandItSaysWhichThereAre() throws Exception {
        Ended ended = berth();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("serve", "plan", "sync", "guests", "explain");
    }
}
