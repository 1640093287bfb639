package net.berth.setup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import net.berth.security.ShellWord;
import net.berth.setup.ask.SetupException;

/**
 * The files of a new installation: collected in memory, and created together when everything is known. Their modes do not
 * depend on the umask. The package installs example settings as {@code /etc/berth/berth.yaml} (a conffile), so a file that
 * equals the example byte for byte has not been edited yet; it is renamed.
 */
final class SetupFiles {
    private static final String FOLDER = "rwxr-xr-x";
    private static final String SECRET = "rw-------";
    private static final String READABLE = "rw-r--r--";
    private static final int STICKY = 01000;

    private final Path folder;
    private final Map<String, Content> later = new LinkedHashMap<>();

    private record Content(String text, String mode) {}

    SetupFiles(Path folder) {
        this.folder = folder;
    }

    /** The path of a file in this folder. */
    Path path(String name) {
        return folder.resolve(name);
    }

    /** Keeps a secret in memory until {@link #write}; it will take the place of a file of that name. */
    void later(String name, String text) {
        later.put(name, new Content(text, SECRET));
    }

    /** Like {@link #later}, for what is no secret. */
    void laterReadable(String name, String text) {
        later.put(name, new Content(text, READABLE));
    }

    /** Creates a file with a secret now; never changes an existing one. */
    void create(String name, String text) {
        try {
            createFolder(folder);
            create(path(name), text, SECRET);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + path(name) + ": " + e.getMessage(), e);
        }
    }

    /**
     * Creates all files, the settings last.
     *
     * @param check reads the settings, before they get their name; throws when they cannot be used
     * @return what was done
     * @throws RuntimeException when that fails; then everything is as it was
     */
    List<String> write(Path settings, String yaml, Consumer<Path> check) {
        List<String> done = new ArrayList<>();
        List<Undo> undo = new ArrayList<>();
        try {
            createFolder(folder);
            for (Map.Entry<String, Content> one : later.entrySet()) {
                Path file = path(one.getKey());
                boolean replaced = Files.exists(file);
                if (replaced) {
                    rename(file, beside(file, ".old"), undo);
                }
                create(file, one.getValue().text(), one.getValue().mode());
                undo.addFirst(() -> Files.delete(file));
                done.add((replaced ? "replaced " : "created ") + file);
            }
            Path fresh = beside(settings, ".new");
            Files.deleteIfExists(fresh);
            create(fresh, yaml, READABLE);
            undo.addFirst(() -> Files.deleteIfExists(fresh));
            check.accept(fresh);
            if (isExample(settings)) {
                rename(settings, example(settings), undo);
                done.add("moved the example settings to " + example(settings));
            }
            Files.move(fresh, settings);
            done.add("created " + settings);
            for (String name : later.keySet()) {
                Files.deleteIfExists(beside(path(name), ".old"));
            }
            return done;
        } catch (FileAlreadyExistsException e) {
            undo(undo);
            throw new SetupException(e.getFile() + " was created by another process meanwhile and was not changed", e);
        } catch (IOException e) {
            undo(undo);
            throw new UncheckedIOException("cannot create the files in " + folder + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            undo(undo);
            throw e;
        }
    }

    /** Why settings cannot be created there; empty when they can. */
    Optional<String> obstacle(Path file) {
        if (Files.exists(file) && !isExample(file)) {
            return Optional.of(file + " exists and is not changed: move it away, or name another file with --config");
        }
        if (isExample(file) && Files.exists(example(file)) && !isExample(example(file))) {
            return Optional.of(file + " is the example that came with Berth and would be moved to " + example(file)
                    + ", but another file has that name: move one of them away");
        }
        Path nearest = folder;
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        if (!Files.isWritable(nearest)) {
            return Optional.of("this user cannot create files in " + folder + ": run it with sudo");
        }
        return isOpen(folder)
                ? Optional.of("others may change the files in " + folder + ", type: chmod 755 "
                        + ShellWord.of(folder.toString()))
                : Optional.empty();
    }

    private interface Undo {
        void run() throws IOException;
    }

    private static void undo(List<Undo> newestFirst) {
        for (Undo one : newestFirst) {
            try {
                one.run();
            } catch (IOException e) {
                // The failure that led here is the one to report.
            }
        }
    }

    private static void rename(Path from, Path to, List<Undo> undo) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        undo.addFirst(() -> Files.move(to, from, StandardCopyOption.ATOMIC_MOVE));
    }

    private static void create(Path file, String text, String mode) throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(SECRET));
        var how = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var out = Channels.newOutputStream(Files.newByteChannel(file, how, owner))) {
            // Once more: the umask may have removed rights.
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            if (folder.getParent() != null) {
                createFolder(folder.getParent());
            }
            Files.createDirectory(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(FOLDER));
        }
    }

    /** Whether others may exchange files in a folder; in one like /tmp only their own. */
    private static boolean isOpen(Path folder) {
        try {
            if (!Files.exists(folder) || ((int) Files.getAttribute(folder, "unix:mode") & STICKY) != 0) {
                return false;
            }
            return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the mode of " + folder, e);
        }
    }

    /** Whether a file is the unchanged example. */
    private static boolean isExample(Path file) {
        try (InputStream shipped = SetupFiles.class.getResourceAsStream("/berth.yaml.example")) {
            if (shipped == null) {
                throw new IllegalStateException("the program lacks its example settings");
            }
            return Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), shipped.readAllBytes());
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static Path example(Path settings) {
        return beside(settings, ".example");
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
