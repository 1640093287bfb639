package net.berth.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes files that at first only their owner can read, and never touches one that is there. */
final class SetupFiles {
    private final Path folder;

    SetupFiles(Path folder) {
        this.folder = folder;
    }

    /** The path of a file of this folder. */
    Path path(String name) {
        return folder.resolve(name);
    }

    /** Makes a file; false when it is there already and was left as it is. */
    boolean make(String name, String text) {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var how = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            Files.createDirectories(folder);
            try (var out = Channels.newOutputStream(Files.newByteChannel(path(name), how, mode))) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + path(name) + ": " + e.getMessage(), e);
        }
    }

    /** Makes a file without secrets, which the service reads as nobody; false when it is there already. */
    boolean makeForAll(String name, String text) {
        if (!make(name, text)) {
            return false;
        }
        try {
            // Not at birth: the umask of whoever calls would take the rights off again.
            Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString("rw-r--r--"));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + path(name) + " to the service: " + e.getMessage(), e);
        }
    }
}
