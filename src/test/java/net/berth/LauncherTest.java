package net.berth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program's start script, run with folders that look like Java installations. */
class LauncherTest {
    private record Run(int exit, List<String> out, List<String> err) {}

    @TempDir
    Path temp;

    private Path program;
    private Path tools;

    @BeforeEach
    void install() throws IOException {
        program = temp.resolve("my programs/berth/bin/berth");
        Files.createDirectories(program.getParent());
        Files.copy(Path.of("src/main/dist/bin/berth"), program, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        tools = Files.createDirectory(temp.resolve("tools"));
        for (var tool : List.of("sh", "sed", "dirname", "readlink")) {
            Files.createSymbolicLink(tools.resolve(tool), onThisMachine(tool));
        }
    }

    @Test
    void the_newest_java_of_the_machine_is_used() throws Exception {
        java("jvm/java-17", "17.0.11");
        java("jvm/java-25", "25.0.1");
        java("jvm/java-21", "21.0.2");

        assertThat(run(Map.of()).out().getFirst()).isEqualTo("java 25.0.1");
    }

    @Test
    void java_home_comes_first_when_it_is_new_enough() throws Exception {
        java("jvm/java-25", "25.0.1");
        var home = java("own java", "21");

        assertThat(run(Map.of("JAVA_HOME", home.toString())).out().getFirst()).isEqualTo("java 21");
    }

    @Test
    void a_java_home_that_is_too_old_or_empty_is_passed_over() throws Exception {
        java("jvm/java-25", "25.0.1");
        var old = java("own java", "1.8.0_402");

        assertThat(run(Map.of("JAVA_HOME", old.toString())).out().getFirst()).isEqualTo("java 25.0.1");
        assertThat(run(Map.of("JAVA_HOME", temp.resolve("none").toString()))
                        .out()
                        .getFirst())
                .isEqualTo("java 25.0.1");
    }

    @Test
    void the_java_on_the_path_is_used_when_it_is_new_enough() throws Exception {
        java("jvm/java-25", "25.0.1");
        Files.createSymbolicLink(
                tools.resolve("java"), java("elsewhere", "22.0.1").resolve("bin/java"));
        assertThat(run(Map.of()).out().getFirst()).isEqualTo("java 22.0.1");

        Files.delete(tools.resolve("java"));
        Files.createSymbolicLink(
                tools.resolve("java"), java("elsewhere old", "17").resolve("bin/java"));
        assertThat(run(Map.of()).out().getFirst()).isEqualTo("java 25.0.1");
    }

    @Test
    void a_java_that_carries_no_release_file_is_asked() throws Exception {
        Files.delete(java("jvm/plain", "23.0.1").resolve("release"));

        assertThat(run(Map.of()).out().getFirst()).isEqualTo("java 23.0.1");
    }

    @Test
    void without_a_java_one_line_says_what_to_install() throws Exception {
        java("jvm/java-17", "17.0.11");
        Files.createDirectories(temp.resolve("jvm/broken/bin"));

        var run = run(Map.of());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .singleElement()
                .asString()
                .startsWith("berth: needs Java 21 or newer")
                .contains("install");
    }

    @Test
    void the_flags_keep_memory_small_and_end_a_program_without_memory() throws Exception {
        java("jvm/java-21", "21.0.2");

        assertThat(run(Map.of()).out())
                .contains(
                        "-XX:+UseSerialGC",
                        "-XX:ReservedCodeCacheSize=64m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Djdk.serialFilter=!*",
                        "-Dfile.encoding=UTF-8")
                .anyMatch(flag -> flag.startsWith("-Xmx"));
    }

    @Test
    void the_c_library_gives_memory_back_unless_told_otherwise() throws Exception {
        java("jvm/java-21", "21.0.2");

        assertThat(run(Map.of()).out()).contains("malloc 2 16384");
        assertThat(run(Map.of("MALLOC_ARENA_MAX", "4", "MALLOC_MMAP_THRESHOLD_", "131072"))
                        .out())
                .contains("malloc 4 131072");
    }

    @Test
    void a_class_archive_is_kept_in_the_users_cache_folder() throws Exception {
        java("jvm/java-21", "21.0.2");
        Files.createSymbolicLink(tools.resolve("mkdir"), onThisMachine("mkdir"));
        var home = Files.createDirectory(temp.resolve("home"));

        assertThat(run(Map.of("HOME", home.toString()), "serve").out())
                .contains("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + home + "/.cache/berth/serve.jsa");
        assertThat(Files.getPosixFilePermissions(home.resolve(".cache/berth")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        var cache = Files.createDirectory(temp.resolve("cache"));
        assertThat(run(Map.of("HOME", home.toString(), "XDG_CACHE_HOME", cache.toString()), "guests")
                        .out())
                .contains("-XX:SharedArchiveFile=" + cache + "/berth/api.jsa");
    }

    @Test
    void an_archive_that_is_none_is_passed_over_without_a_word() throws Exception {
        java("jvm/java-21", "21.0.2");
        Files.createSymbolicLink(tools.resolve("mkdir"), onThisMachine("mkdir"));
        var cache = Files.createDirectory(temp.resolve("cache"));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(run(Map.of("XDG_CACHE_HOME", cache.toString()), "guests").out().stream()
                .filter(option -> option.matches("-XX:\\+AutoCreate.*|-XX:Shared.*|-Xlog.*|-XX:-PrintWarnings"))
                .toList());
        command.add("--version");
        Files.writeString(cache.resolve("berth/api.jsa"), "garbage");

        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(command).hasSize(6);
        assertThat(said).doesNotContain("archive", "warning");
    }

    @Test
    void without_a_cache_folder_of_its_own_nothing_is_kept_and_nothing_is_said() throws Exception {
        java("jvm/java-21", "21.0.2");
        Files.createSymbolicLink(tools.resolve("mkdir"), onThisMachine("mkdir"));
        var home = Files.createDirectory(temp.resolve("my home"));
        var file = Files.writeString(temp.resolve("file"), "");

        for (var environment : List.of(
                Map.<String, String>of(),
                Map.of("HOME", "/"),
                Map.of("HOME", home.toString()),
                Map.of("HOME", file.toString()),
                Map.of("HOME", temp.resolve("none").toString()),
                Map.of("HOME", "/proc"),
                Map.of("HOME", temp.toString(), "BERTH_AOT_CACHE", ""))) {
            var run = run(environment, "serve");
            assertThat(run.out()).noneMatch(flag -> flag.contains("Archive"));
            assertThat(run.err()).isEmpty();
            assertThat(run.exit()).isZero();
        }
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void own_options_come_behind_so_that_they_win() throws Exception {
        java("jvm/java-21", "21.0.2");

        assertThat(run(Map.of("BERTH_JAVA_OPTS", "-Xmx200m -Dx=y")).out())
                .containsSubsequence("-Xmx160m", "-Xmx200m", "-Dx=y", "net.berth.Main");
    }

    @Test
    void arguments_arrive_as_they_were_given_and_the_exit_code_comes_back() throws Exception {
        java("jvm/java-21", "21.0.2");

        var run = run(Map.of("FAKE_EXIT", "2"), "plan", "--config", "/a b/berth.yaml", "*", "");
        assertThat(run.out()).endsWith("net.berth.Main", "plan", "--config", "/a b/berth.yaml", "*", "");
        assertThat(run.exit()).isEqualTo(2);
    }

    @Test
    void the_program_is_found_through_links_and_from_any_folder() throws Exception {
        java("jvm/java-21", "21.0.2");
        var expected = program.toRealPath().getParent().resolveSibling("lib") + "/*";
        var links = Files.createDirectory(temp.resolve("links"));
        var direct = Files.createSymbolicLink(links.resolve("berth"), program);
        var relative = Files.createSymbolicLink(links.resolve("again"), Path.of("../links/berth"));

        for (var way : List.of(program, direct, relative)) {
            assertThat(start(way, Path.of("/"), Map.of()).out()).containsSequence("-cp", expected, "net.berth.Main");
        }
        assertThat(start(Path.of("./berth"), program.getParent(), Map.of()).out())
                .containsSequence("-cp", expected);
    }

    /** A folder that looks like a Java installation; its java prints its version and its arguments. */
    private Path java(String folder, String version) throws IOException {
        var home = temp.resolve(folder);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        var script = """
                #!/bin/sh
                if [ "$1" = -version ]; then echo 'openjdk version "%1$s" 2026-01-01' >&2; exit; fi
                echo 'java %1$s'
                echo "malloc $MALLOC_ARENA_MAX $MALLOC_MMAP_THRESHOLD_"
                printf '%%s\\n' "$@"
                exit ${FAKE_EXIT:-0}
                """.formatted(version);
        var file = Files.writeString(home.resolve("bin/java"), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    private Run run(Map<String, String> environment, String... arguments) throws Exception {
        return start(program, temp, environment, arguments);
    }

    private Run start(Path way, Path directory, Map<String, String> environment, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(way.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("BERTH_JAVA_ROOTS", temp.resolve("jvm").toString());
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            process.getOutputStream().close();
            var out = lines(process.getInputStream());
            var err = lines(process.getErrorStream());
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return new Run(process.exitValue(), out, err);
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> lines(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }

    private static Path onThisMachine(String tool) {
        return Stream.of("/usr/bin", "/bin")
                .map(folder -> Path.of(folder, tool))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }
}
