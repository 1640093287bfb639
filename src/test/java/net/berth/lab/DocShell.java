package net.berth.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.berth.lab.nipap.LabNipap;

/**
 * A shell for the commands of the documentation: {@code berth}, {@code curl} and the hookscript are real and talk to the
 * lab, files lie in a folder of the test, and what only root on a node, an admin or a package manager can run is noted
 * down instead. There is no other program.
 */
final class DocShell {
    private static final List<String> REAL = List.of(
            "bash", "cat", "head", "base64", "awk", "grep", "ls", "chmod", "cp", "ln", "mkdir", "openssl", "date",
            "sed", "od", "tr", "mv");
    /** A block has a few commands of a second each; this is for a machine that does much else. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Pattern PLACES = Pattern.compile("(?<![\\w./])/(etc|opt|tmp|usr/bin|var/lib/vz)/");

    private final LabHouse house;
    private final int hearer;
    private final Path root;
    private final Path noted;

    /** @param hearer the port of a receiver of webhooks */
    DocShell(LabHouse house, int hearer, Path root) throws IOException {
        this.house = house;
        this.hearer = hearer;
        this.root = root;
        this.noted = root.resolve("noted");
        Path bin = Files.createDirectory(root.resolve("bin"));
        for (String program : REAL) {
            script(bin.resolve(program), "#!/bin/bash\nexec " + find(program) + " \"$@\"\n");
        }
        for (String program : DocForms.PROGRAMS) {
            script(bin.resolve(program), """
                    #!/bin/bash
                    printf '%%s' '%s' >>"$NOTED"; printf '\\t%%s' "$@" >>"$NOTED"; echo >>"$NOTED"
                    case $1 in
                        list) echo VMID NAME; echo 101 web ;;
                        config) echo 'net0: virtio=BC:24:11:00:00:01,bridge=vmbr0' ;;
                    esac
                    """.formatted(program));
        }
        script(bin.resolve("sudo"), "#!/bin/bash\nexec \"$@\"\n");
        script(bin.resolve("curl"), """
                #!/bin/bash
                case " $* " in
                    *' -N '*) ;;
                    *) exec %1$s --max-time 120 -sSf -o /dev/null "$@" ;;
                esac
                # A stream has no end: its first line is enough.
                exec {stream}< <(exec %1$s --max-time 120 -sSf "$@")
                follower=$!
                IFS= read -r -t 120 line <&"$stream" && [[ -n $line ]]
                code=$?
                kill "$follower"
                [[ $code == 0 ]] || echo "the stream said nothing"
                exit "$code"
                """.formatted(find("curl")));
        script(bin.resolve("berth"), """
                #!/bin/bash
                java=("%s" -Xmx96m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC '-Djdk.serialFilter=!*' -cp "$BERTH_CLASSES" net.berth.Main)
                case $1 in
                    -*) exec "${java[@]}" "$@" ;;
                    init) exec "${java[@]}" "$@" --router-password-file '%s' --config '%s/etc/berth/berth.yaml' <'%s' ;;
                esac
                "${java[@]}" "$1" --config '%s' "${@:2}"
                code=$?
                # 2: there is something to do. 1 of the doctor: yellow.
                [[ "$code $*" =~ ^(2\\ (plan|.*--dry-run)|1\\ doctor) ]] || exit $code
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        house.folder().resolve("router.password"),
                        root,
                        answers(),
                        house.config()));
        place();
    }

    /** What a person answers who is asked by {@code berth init}. */
    private Path answers() throws IOException {
        return Files.write(
                root.resolve("answers"),
                List.of(
                        house.pve().url().toString(),
                        "yes",
                        house.pve().tokenSecret(),
                        house.nipap().url().toString(),
                        LabNipap.PASSWORD,
                        "127.0.0.1:" + house.router().port(),
                        "yes",
                        "y",
                        "",
                        ""));
    }

    /** What the pages speak of. */
    private void place() throws IOException {
        for (String folder : List.of(
                "etc/berth",
                "etc/systemd/system",
                "etc/pve/nodes/NODE",
                "opt",
                "tmp",
                "usr/bin",
                "var/lib/vz/snippets",
                "target/berth",
                "docs",
                "systemd")) {
            Files.createDirectories(root.resolve(folder));
        }
        Files.writeString(
                root.resolve("etc/pve/nodes/NODE/pve-ssl.pem"), house.pve().certificatePem());
        Files.copy(Path.of("hookscripts/berth-hook"), root.resolve("var/lib/vz/snippets/berth-hook"));
        Files.copy(house.folder().resolve("berth.conf"), root.resolve("tmp/try.conf"));
        Files.copy(Path.of("docs/berth.yaml.example"), root.resolve("docs/berth.yaml.example"));
        Files.writeString(root.resolve("notify.secret"), LabSettings.HOOK_SECRET + "\n");
        Files.copy(Path.of("systemd/berth.service"), root.resolve("systemd/berth.service"));
    }

    /** Runs a block; answers what is wrong with it, empty when nothing is. */
    String run(List<String> lines) throws IOException, InterruptedException {
        // A block may make new secrets; those of the lab stay.
        Path token = Files.writeString(root.resolve("etc/berth/api.token"), LabSettings.API_TOKEN + "\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        Files.deleteIfExists(noted);
        Files.createFile(noted);
        Path begun = root.resolve("begun");
        Files.writeString(begun, "");
        Process process = start(script(lines), begun);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            return "did not end within " + PATIENCE.toSeconds() + " s: " + Files.readString(begun) + said();
        }
        int code = process.exitValue();
        return code == 0 ? "" : "exit code " + code + ": " + Files.readString(begun) + said();
    }

    private String script(List<String> lines) {
        String script = "set -eo pipefail\ntrap 'printf \"%s\\n\" \"$BASH_COMMAND\" >\"$BEGUN\"' DEBUG\n"
                + String.join("\n", lines);
        return PLACES.matcher(script)
                .replaceAll(root + "/$1/")
                .replace("127.0.0.1:8480", "127.0.0.1:" + house.port())
                .replace("127.0.0.1:8481", "127.0.0.1:" + hearer)
                .replaceAll("\\[[A-Z]+]", "");
    }

    private Process start(String script, Path begun) throws IOException {
        ProcessBuilder bash = new ProcessBuilder(find("bash").toString(), "-c", script)
                .directory(root.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("log").toFile());
        bash.environment().clear();
        bash.environment()
                .putAll(Map.of(
                        "PATH", root.resolve("bin").toString(),
                        "NOTED", noted.toString(),
                        "BEGUN", begun.toString(),
                        "BERTH_CLASSES", System.getProperty("java.class.path"),
                        "BERTH_HOOK_CONF", house.folder().resolve("berth.conf").toString()));
        return bash.start();
    }

    private String said() throws IOException {
        return Files.readString(root.resolve("log"));
    }

    /** The commands of the last block that were noted down, word by word. */
    List<List<String>> noted() throws IOException {
        return Files.readAllLines(noted).stream()
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
    }

    private static Path find(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("this machine has no " + program));
    }

    private static void script(Path file, String text) {
        try {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
