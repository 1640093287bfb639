package net.berth.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import net.berth.cli.view.Console;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes what the Debian packages hold beside the program: manual pages, completions and the control files. */
final class PackageFiles {
    private static final Pattern GLIBC = Pattern.compile("GLIBC_2\\.(\\d{1,3})");
    /** What Debian 12 and Proxmox VE 8 have: libc6 2.36. */
    private static final int BOOKWORM = 36;

    private static final Map<String, String> ARCHITECTURES = Map.of("aarch64", "arm64");
    private static final int FLAGS = 8;
    private static final byte BEST = 2;

    private PackageFiles() {}

    /**
     * Arguments: source folder ({@code src/main/deb}), folder to write to, the package's Java runtime, version, date of
     * the release.
     */
    public static void main(String[] args) throws IOException {
        var source = Path.of(args[0]);
        var target = Path.of(args[1]);
        var version = args[3];
        var date = args[4].substring(0, "2026-11-20".length());
        for (var page : pages(version, date)) {
            compressed(target.resolve("man/" + page.name() + ".1.gz"), page.roff());
        }
        write(target.resolve("bash/berth"), bash());
        write(target.resolve("zsh/_berth"), ZshCompletion.of(commands().getCommandSpec()));
        compressed(
                target.resolve("doc/changelog.gz"),
                Files.readString(source.resolve("changelog")).replace("[[version]]", version));
        controls(source.resolve("control"), target, Path.of(args[2]));
    }

    static CommandLine commands() {
        // The commands are only looked at, never run.
        var house = (Backend) Proxy.newProxyInstance(
                Backend.class.getClassLoader(), new Class<?>[] {Backend.class}, (self, method, arguments) -> {
                    throw new IllegalStateException(method.getName());
                });
        var nowhere = new PrintWriter(Writer.nullWriter());
        return Cli.commands(house, new Console(nowhere, nowhere, false));
    }

    static List<ManPage> pages(String version, String date) {
        var root = commands();
        var pages = new ArrayList<ManPage>();
        pages.add(new ManPage(root.getCommandSpec(), version, date));
        root.getSubcommands().values().forEach(sub -> pages.add(new ManPage(sub.getCommandSpec(), version, date)));
        return List.copyOf(pages);
    }

    static String bash() {
        // Completions are read, never run: no #! line.
        return AutoComplete.bash("berth", commands()).replaceFirst("\\A#!.*\\R", "");
    }

    /** jdeb adds the version. Java and C library of the runtime are those of the JDK that runs this. */
    private static void controls(Path source, Path target, Path runtime) throws IOException {
        var java = "Java " + System.getProperty("java.version");
        var glibc = glibc(runtime);
        control(
                source,
                target.resolve("control"),
                Map.of(
                        "arch",
                                ARCHITECTURES.getOrDefault(
                                        System.getProperty("os.arch"), System.getProperty("os.arch")),
                        "depends", "libc6 (>= 2." + glibc + "), libgcc-s1, libstdc++6, zlib1g",
                        "java", "The package contains its own Java runtime, " + java + "."));
        control(
                source,
                target.resolve("control-all"),
                Map.of(
                        "arch", "all",
                        "depends", "openjdk-21-jre-headless | java21-runtime-headless",
                        "java", "The package uses the Java runtime of the distribution."));
        System.out.println("The package with " + java + " ("
                + System.getProperty("java.vendor")
                + ") needs libc6 2." + glibc
                + (glibc <= BOOKWORM
                        ? ": it installs on Debian 12 and later, Proxmox VE 8 and 9."
                        : ": it does not install on Debian 12 and Proxmox VE 8. Build it with an older libc6, or with a JDK"
                                + " that needs none so new, such as Temurin."));
    }

    private static void control(Path source, Path target, Map<String, String> values) throws IOException {
        Files.createDirectories(target);
        try (var files = Files.list(source)) {
            for (var file : files.toList()) {
                var text = Files.readString(file);
                for (var value : values.entrySet()) {
                    text = text.replace("[[" + value.getKey() + "]]", value.getValue());
                }
                write(target.resolve(file.getFileName()), text);
            }
        }
    }

    private static int glibc(Path runtime) throws IOException {
        var most = 0;
        try (var files = Files.walk(runtime)) {
            for (var file : files.filter(PackageFiles::isBinary).toList()) {
                var text = Files.readString(file, StandardCharsets.ISO_8859_1);
                most = GLIBC.matcher(text)
                        .results()
                        .mapToInt(match -> Integer.parseInt(match.group(1)))
                        .reduce(most, Math::max);
            }
        }
        if (most == 0) {
            throw new IllegalStateException(runtime + " holds no program for the GNU C library");
        }
        return most;
    }

    private static boolean isBinary(Path file) {
        var name = file.getFileName().toString();
        return Files.isRegularFile(file) && (name.endsWith(".so") || name.equals("java"));
    }

    /** As gzip -9n writes it: no name, no time, and the mark of the best compression, which Java leaves out. */
    private static void compressed(Path file, String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new Best(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        var result = bytes.toByteArray();
        result[FLAGS] = BEST;
        Files.createDirectories(file.getParent());
        Files.write(file, result);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static final class Best extends GZIPOutputStream {
        Best(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
