package net.berth.setup;

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

/** Creates files that only their owner can read, and never changes an existing one. */
final class SetupFiles {
    private final Path folder;

    SetupFiles(Path folder) {
        this.folder = folder;
    }

    /** The path of a file in this folder. */
    Path path(String name) {
        return folder.resolve(name);
    }

    /** Creates a file; false, without a change, when it exists. */
    boolean create(String name, String text) {
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
            throw new UncheckedIOException("cannot create " + path(name) + ": " + e.getMessage(), e);
        }
    }

    /** Creates a file without secrets that every user can read, as the service must; false when it exists. */
    boolean createReadable(String name, String text) {
        if (!create(name, text)) {
            return false;
        }
        try {
            // Not when it is created: the umask of the caller would remove the rights again.
            Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString("rw-r--r--"));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make " + path(name) + " readable for the service: " + e.getMessage(), e);
        }
    }
}
