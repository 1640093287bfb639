package net.berth.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.berth.security.ShellWord;

/** Who may read and change a file with a secret. */
record FileRights(int uid, int gid, Set<PosixFilePermission> may) {
    private static final int ROOT = 0;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern EFFECTIVE_USER = Pattern.compile("(?m)^Uid:\\s+\\d+\\s+(\\d+)");

    /** Those of a file; empty on a system without users. */
    static Optional<FileRights> of(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return Optional.empty();
        }
        return Optional.of(
                new FileRights(id(file, "unix:uid"), id(file, "unix:gid"), Files.getPosixFilePermissions(file)));
    }

    private static int id(Path file, String attribute) throws IOException {
        return (Integer) Objects.requireNonNull(Files.getAttribute(file, attribute));
    }

    /** The user who runs Berth; root where that is unknown, because root's files are always allowed. */
    static int self() {
        try {
            Matcher user = EFFECTIVE_USER.matcher(Files.readString(STATUS));
            return user.find() ? Integer.parseInt(user.group(1)) : ROOT;
        } catch (IOException e) {
            return ROOT;
        }
    }

    /** What is wrong, with the commands that correct it; empty when only root and the user who runs Berth can use the file. */
    Optional<String> fault(int self, Path file) {
        String word = ShellWord.of(file.toString());
        List<String> found = new ArrayList<>();
        List<String> cure = new ArrayList<>();
        if (uid != ROOT && uid != self) {
            found.add("belongs to the user " + uid + ", who is neither root nor the one who runs Berth");
            cure.add("chown " + (self == ROOT ? "root" : String.valueOf(self)) + " " + word);
        }
        boolean write = may(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
        boolean read = may(PosixFilePermission.OTHERS_READ) || (may(PosixFilePermission.GROUP_READ) && !isForAGroup());
        if (write || read) {
            found.add("others may " + (write ? "change" : "read") + " (" + PosixFilePermissions.toString(may) + ")");
            cure.add("chmod 600 " + word);
        }
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "a file that " + String.join(", and that ", found) + ", type: " + String.join(" && ", cure));
    }

    /** That root lets a group read it: allowed, because the service may run as a member of it. */
    Optional<String> warning(Path file) {
        return isForAGroup() && may(PosixFilePermission.GROUP_READ)
                ? Optional.of(file + " holds a secret and is open to its group (" + PosixFilePermissions.toString(may)
                        + "); chmod 600 " + ShellWord.of(file.toString()))
                : Optional.empty();
    }

    private boolean isForAGroup() {
        return uid == ROOT && gid != ROOT;
    }

    private boolean may(PosixFilePermission... any) {
        return !Collections.disjoint(may, List.of(any));
    }
}
