package net.berth.edgemax.commit;

import java.util.Locale;
import java.util.UUID;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.edgemax.config.ConfigCommand;
import net.berth.edgemax.config.RouterShell;
import net.berth.edgemax.ssh.Pause;
import net.berth.edgemax.ssh.RouterFailure;
import net.berth.edgemax.ssh.RouterText;

/**
 * One session of the router's config system, of a new name each time. If the connection dies, the shell's trap ends the
 * session; if the shell dies too, the session stays behind with its changes, but nobody takes up its name again.
 */
final class ConfigSession {
    /** The text of {@code commit} while another one runs. */
    private static final String LOCKED = "another commit in progress";

    /** What a commit came to. */
    enum Commit {
        DONE,
        LOCKED,
        FAILED
    }

    private final RouterShell shell;
    private final EdgeMaxSettings settings;
    private String lastText = "";

    private ConfigSession(RouterShell shell, EdgeMaxSettings settings) {
        this.shell = shell;
        this.settings = settings;
    }

    static String newId() {
        return "berth-" + UUID.randomUUID();
    }

    static ConfigSession begin(RouterShell shell, EdgeMaxSettings settings, String id) {
        ConfigSession session = new ConfigSession(shell, settings);
        shell.tell("export CMD_WRAPPER_SESSION_ID=" + id);
        shell.tell("trap '\"$W\" end </dev/null >/dev/null 2>&1' EXIT");
        shell.tell("trap 'exit 11' HUP INT TERM PIPE");
        RouterShell.Said begun = shell.run("\"$W\" begin");
        if (!begun.ok()) {
            throw RouterFailure.refused("the router opens no config session (exit code " + begun.code() + "): "
                    + RouterText.printable(begun.text()) + ". The user must be of level admin; nothing was changed");
        }
        // Read-only variables: a shell can do this for one session only.
        shell.tell("eval \"$(cli-shell-api getSessionEnv \"$CMD_WRAPPER_SESSION_ID\" </dev/null)\"");
        session.discardStale();
        return session;
    }

    private void discardStale() {
        if (changed()) {
            discard();
        }
    }

    /** Whether anything was set or deleted in it, even if that comes to nothing. */
    boolean changed() {
        return shell.run("cli-shell-api sessionChanged").ok();
    }

    /** Sends one line. The exit code alone would do on EdgeOS; its relatives are known to say 0 and mean no. */
    boolean accepts(ConfigCommand command) {
        RouterShell.Said said = shell.run(command);
        lastText = RouterText.printable(said.text());
        String lower = said.text().toLowerCase(Locale.ROOT);
        return said.ok()
                && !lower.contains("failed")
                && !lower.contains("not valid")
                && !lower.contains("config session");
    }

    Commit commit() {
        RouterShell.Said said = shell.run("\"$W\" commit", settings.times().commit());
        lastText = RouterText.printable(said.text());
        if (said.text().contains(LOCKED)) {
            return Commit.LOCKED;
        }
        boolean failed =
                !said.ok() || said.text().lines().anyMatch(line -> line.strip().equals("Commit failed"));
        return failed ? Commit.FAILED : Commit.DONE;
    }

    /** Commits as soon as nobody else does; false when that took too long, or the router refused. */
    boolean commitPatiently() {
        long deadline = System.nanoTime() + settings.times().commit().toNanos();
        Commit commit = commit();
        while (commit == Commit.LOCKED && System.nanoTime() < deadline) {
            Pause.of(settings.times().pause());
            commit = commit();
        }
        return commit == Commit.DONE;
    }

    void discard() {
        RouterShell.Said said = shell.run("\"$W\" discard");
        if (!said.ok()) {
            throw RouterFailure.down("the router does not discard changes: " + RouterText.printable(said.text()));
        }
    }

    /** The router's last words. */
    String lastText() {
        return lastText;
    }

    void end() {
        shell.run("\"$W\" end");
        shell.tell("trap - EXIT");
    }

    /**
     * Ends a session that an earlier attempt had to leave behind; each holds a mount until the router's reboot.
     *
     * @return false when its shell still runs, perhaps in the middle of a commit
     */
    boolean endAbandoned(String other, String process) {
        // Empty for a process that is dead but not yet buried.
        if (shell.run("grep -q . /proc/" + process + "/cmdline").ok()) {
            return false;
        }
        shell.run("env CMD_WRAPPER_SESSION_ID=" + other + " \"$W\" end");
        return true;
    }
}
