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
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import net.berth.cli.view.Console;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes what the Debian package holds beside the program: manual pages, completions, and the last of its control file. */
final class PackageFiles {
    private static final Pattern GLIBC = Pattern.compile("GLIBC_2\\.(\\d{1,3})");
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
        control(source.resolve("control"), target.resolve("control"), Path.of(args[2]));
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

    /** jdeb fills in the rest; which C library the runtime needs depends on the JDK that built the package. */
    private static void control(Path source, Path target, Path runtime) throws IOException {
        Files.createDirectories(target);
        try (var files = Files.list(source)) {
            for (var file : files.toList()) {
                var text = Files.readString(file).replace("[[glibc]]", "2." + glibc(runtime));
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
