package net.berth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A program in a JVM with the heap that the package has. */
public final class SmallHeap {
    private static final Path LAUNCHER = Path.of("src/main/dist/bin/berth");
    /** Memory: -Xmx160m, -XX:NewRatio=1 and so on, of the line that starts Java. */
    private static final Pattern OPTION = Pattern.compile("(?<=\\s)-X\\S+");

    private static final int MEGABYTE = 1 << 20;
    /** What Berth needs besides: some hundred guests, and all that has been loaded. */
    private static final int REST = 24;

    private SmallHeap() {}

    /** Runs a class's main method, which must end by itself within a minute or two; answers what it printed. */
    public static String run(Path folder, Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        List<String> options = OPTION.matcher(Files.readString(LAUNCHER).split("\nexec ", -1)[1])
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(options).contains("-XX:+ExitOnOutOfMemoryError").anyMatch(option -> option.startsWith("-Xmx"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as(printed).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }

    /** Takes as much memory as the rest of Berth, in such a program. */
    public static List<byte[]> rest() {
        List<byte[]> rest = new ArrayList<>();
        for (int i = 0; i < REST; i++) {
            rest.add(new byte[MEGABYTE]);
        }
        return rest;
    }
}
