package net.berth.edgemax.config;

import java.time.Duration;

/**
 * The shell code of the lock that keeps two receivers from writing to the router at one time: a file of Berth's own on the
 * router, locked with {@code flock} by the shell that writes. The lock ends with that shell, however the shell ends.
 *
 * <p>The file is in the folder of the config system's own commit lock. Only members of {@code vyattacfg} can create files
 * there, so no other user can replace it by a link; every user that can commit can open the file, and no other can. It is
 * opened for reading, so it does not matter which of them has created it. The folder is in memory: a reboot clears it.
 */
public final class RouterLock {
    /** The file. */
    public static final String FILE = "/opt/vyatta/config/.berth.lock";

    /** The exit code of {@link #take} if another shell held the lock all the time. */
    static final int BUSY = 1;

    /** Redirection for every command that runs under the lock: a daemon that it starts must not inherit the lock. */
    public static final String CLOSED = "9>&-";

    /** Defines a function: lock FILE SECONDS. Without flock(1), Perl locks the descriptor that this shell has opened. */
    static final String FUNCTION =
            "lock(){ [ -e \"$1\" ] || ( umask 027; set -C; : >\"$1\" ); exec 9<\"$1\" || return 2;"
                    + " if type flock >/dev/null 2>&1; then flock -w \"$2\" 9; else"
                    + " perl -MFcntl=:flock -e 'open F, \"<&=9\" or exit 3; $SIG{ALRM} = sub { exit 1 };"
                    + " alarm shift; flock F, LOCK_EX or exit 3' \"$2\"; fi; }";

    private RouterLock() {}

    /** Waits for the lock, at most this long. */
    static String take(Duration wait) {
        return "lock " + FILE + " " + Math.max(1, wait.toSeconds()) + " </dev/null 2>&1";
    }

    /** Runs the lines that follow, and ends the shell, and with it the lock, if none comes for this long. */
    static String serve(Duration patience) {
        return "while IFS= read -r -t " + Math.max(1, patience.toSeconds()) + " line; do eval \"$line\"; done; exit";
    }
}
