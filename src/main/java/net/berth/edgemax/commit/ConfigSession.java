package net.berth.edgemax.commit;

import java.util.Locale;
import java.util.UUID;
import net.berth.edgemax.config.ConfigCommand;
import net.berth.edgemax.config.RouterLock;
import net.berth.edgemax.config.RouterShell;
import net.berth.edgemax.ssh.RouterFailure;
import net.berth.edgemax.ssh.RouterText;

/**
 * One session of the router's config system. It begins with the first call of {@link #begin}, under a name that no other
 * session has had. If the connection dies, the shell's trap ends the session; if the shell is killed too, the session stays
 * behind with its changes until {@link #endAbandoned}, and no later session gets its name.
 */
public final class ConfigSession {
    /** The text of {@code commit} while another one runs. */
    private static final String LOCKED = "another commit in progress";

    private static final int CHANGED = 73;

    /** What a commit came to. */
    enum Commit {
        DONE,
        /** Another commit runs; nothing was committed. */
        LOCKED,
        /** The config is not as it was last read; nothing was committed. */
        CHANGED,
        FAILED,
        /** The router could not save it; nothing was committed. */
        NOT_SAVABLE
    }

    private final RouterShell shell;
    private final String id = "berth-" + UUID.randomUUID();
    private boolean begun;
    private String lastText = "";

    ConfigSession(RouterShell shell) {
        this.shell = shell;
    }

    String id() {
        return id;
    }

    void begin() {
        if (begun) {
            return;
        }
        shell.send("export CMD_WRAPPER_SESSION_ID=" + id);
        shell.send("trap '\"$W\" end </dev/null >/dev/null 2>&1 " + RouterLock.CLOSED + "' EXIT");
        shell.send("trap 'exit 11' HUP INT TERM PIPE");
        RouterShell.Said said = shell.run("\"$W\" begin");
        if (!said.ok()) {
            throw RouterFailure.refused("the router opens no config session (exit code " + said.code() + "): "
                    + RouterText.printable(said.text()) + ". The user must be of level admin; nothing was changed");
        }
        SavedConfig.define(shell);
        shell.send("undo(){ unchanged || return " + CHANGED + "; \"$W\" commit; }");
        shell.send("commit(){ ready && undo; }");
        begun = true;
    }

    /** Sends one line. The exit code alone is enough on EdgeOS; its relatives answer 0 for some refusals. */
    boolean accepts(ConfigCommand command) {
        RouterShell.Said said = shell.run(command);
        lastText = RouterText.printable(said.text());
        String lower = said.text().toLowerCase(Locale.ROOT);
        return said.ok()
                && !lower.contains("failed")
                && !lower.contains("not valid")
                && !lower.contains("config session");
    }

    /**
     * Commits if the config is still as it was last read. The router itself compares, right before it commits: an admin may
     * have committed meanwhile, and the config system would delete what the admin has put below a node that did not exist
     * when this session began. Nothing is committed that the router could not save.
     */
    Commit commit() {
        return commit("commit");
    }

    /** Like {@link #commit}, whether the router can save it or not. */
    Commit undo() {
        return commit("undo");
    }

    private Commit commit(String function) {
        RouterShell.Said said = shell.run(function, shell.times().commit());
        lastText = RouterText.printable(said.text());
        if (said.code() == CHANGED) {
            lastText = "the router's config changed while Berth's changes were on the way";
            return Commit.CHANGED;
        }
        if (SavedConfig.isNotReady(said)) {
            return Commit.NOT_SAVABLE;
        }
        if (said.text().contains(LOCKED)) {
            return Commit.LOCKED;
        }
        boolean failed =
                !said.ok() || said.text().lines().anyMatch(line -> line.strip().equals("Commit failed"));
        return failed ? Commit.FAILED : Commit.DONE;
    }

    void discard() {
        RouterShell.Said said = shell.run("\"$W\" discard");
        if (!said.ok()) {
            throw RouterFailure.down("the router does not discard changes: " + RouterText.printable(said.text()));
        }
    }

    String lastText() {
        return lastText;
    }

    void end() {
        if (begun) {
            shell.run("\"$W\" end");
            shell.send("trap - EXIT");
        }
    }

    /** Ends an earlier session, which holds a mount until the reboot. Only under the lock: then its shell is dead. */
    static void endAbandoned(RouterShell shell, String other) {
        shell.run("env CMD_WRAPPER_SESSION_ID=" + other + " \"$W\" end");
    }
}
