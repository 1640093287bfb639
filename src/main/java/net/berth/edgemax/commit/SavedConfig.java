package net.berth.edgemax.commit;

import java.time.Duration;
import java.util.Optional;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigReader;
import net.berth.edgemax.config.RouterShell;
import net.berth.edgemax.ssh.RouterText;

/**
 * The config that the router has saved, with which it starts after a power cut: whether it is the running config, and whether
 * a write could be saved. EdgeOS moves a new file over the old one: on a full flash that leaves an empty file, and EdgeOS does
 * not overwrite a file that is no config. So the file is read before each commit and after each save. A problem is kept until
 * a later read finds the file right, with the router's first words for it. Safe for use by several threads.
 */
public final class SavedConfig {
    private static final String FILE = "/config/config.boot";

    private static final int FULL = 74;
    private static final int NO_CONFIG = 75;
    private static final int DIFFERS = 76;
    private static final int UNKNOWN = 77;
    private static final int UNWRITABLE = 78;

    /** What a save leaves on the flash beside the file, and its own old one, in kB. */
    private static final int SPARE = 64;

    /**
     * Functions of the router's shell, for one in which {@code look} has run: {@code room} and {@code ready} say whether the
     * running config could be saved, {@code kept} whether it is saved, and {@code store} saves it, first as the router's own
     * command line does: as root, with the group that owns the file.
     */
    private static final String[] FUNCTIONS = {
        "file(){ boot=$(cat " + FILE + " 2>&1) || boot=$(sudo -n cat " + FILE + " 2>&1); }",
        "config(){ case \"$boot\" in *'=== vyatta-config-version:'*'*/') ;;" + " *) echo \"" + FILE
                + " is no config (it has ${#boot} bytes)\"; return " + NO_CONFIG + ";; esac; }",
        "room(){ df -Pk /config 2>/dev/null | { read -r title; read -r disk size used free rest;"
                + " case \"$free\" in ''|*[!0-9]*) exit 0;; esac;"
                + " [ \"$free\" -ge $(( ${#seen} / 1024 + " + SPARE + " )) ] ||"
                + " { echo \"there are only $free kB left on /config\"; exit " + FULL + "; }; }; }",
        "ready(){ if file; then config || return; fi; room; }",
        "kept(){ file || case \"$boot\" in *'No such file'*) echo \"there is no " + FILE + "\"; return " + NO_CONFIG
                + ";; *) return " + UNKNOWN + ";; esac; config || return;"
                + " for defaults in --show-show-defaults ''; do"
                + " now=$(cli-shell-api --show-active-only --show-ignore-edit $defaults showConfig) || return "
                + UNKNOWN
                + "; case \"$boot\" in \"$now\"*) return 0;; esac; done;"
                + " echo \"" + FILE + " is not the running config\"; return " + DIFFERS + "; }",
        "saved(){ kept; k=$?; case $k in 0|" + UNKNOWN + ") room || return;; esac; return $k; }",
        // -n: where sudo wants a password, it says so at once instead of asking.
        "store(){ room || return; for as in root user; do if [ $as = root ]; then"
                + " said=$(sudo -n sg vyattacfg -c 'umask 0002; " + RouterShell.WRAPPER + " save' 2>&1);"
                + " else said=$(\"$W\" save 2>&1); fi; r=$?; left=$(kept); k=$?;"
                + " case $k.$r in 0.*|" + UNKNOWN
                + ".0) return 0;; esac; echo \"$said\"; echo \"$left\"; done; return $k; }"
    };

    private static final Duration SHORT_WAIT = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private boolean looked;
    private boolean owed;
    private int code;
    private String words = "";
    private Duration pause = Duration.ZERO;
    private long nextTry = System.nanoTime();

    /** Gives a shell the functions. */
    static void define(RouterShell shell) {
        for (String function : FUNCTIONS) {
            shell.send(function);
        }
    }

    /** Words for a commit that was not sent, as the router could not save it. */
    static boolean isNotReady(RouterShell.Said said) {
        return said.code() == FULL || said.code() == NO_CONFIG;
    }

    /** Whether a commit may not have been saved and a save may help now: after a pause, and not if an admin must act first. */
    public synchronized boolean isDue() {
        return owed && code != FULL && code != NO_CONFIG && System.nanoTime() - nextTry >= 0;
    }

    /** A commit is about to be sent, or is known to be saved; answers what was known before. */
    synchronized boolean owe(boolean owes) {
        boolean before = owed;
        owed = owes;
        return before;
    }

    /** What is wrong, in the router's first words for it, and the commands that repair it; empty when nothing is. */
    public synchronized String trouble() {
        if (words.isEmpty() || code == UNWRITABLE) {
            return words;
        }
        String what = code == FULL ? "the router cannot save its config: " : "the router's config is not saved: ";
        return what + words + "; " + advice();
    }

    private String advice() {
        String save = "configure; save; exit";
        return switch (code) {
            case FULL ->
                "Berth commits nothing until there is room. On the router: df -h /config, delete what is not needed there"
                        + " (delete system image), then: " + save;
            case NO_CONFIG ->
                "at its next start the router has no config, and EdgeOS does not overwrite such a file. On the router: df -h"
                        + " /config, make room there if it is full, then: sudo mv " + FILE + " /tmp/; " + save;
            default -> "at its next start the router has its old config. On the router: " + save;
        };
    }

    /** Whether it was not looked at yet, or something was wrong or not finished when it was. */
    public synchronized boolean isInDoubt() {
        return !looked || owed || !words.isEmpty();
    }

    /** A write failed, for whatever reason. */
    public synchronized void doubt() {
        looked = false;
    }

    /** A write could not even begin. */
    public synchronized void unwritable(String why) {
        looked = true;
        code = UNWRITABLE;
        words = why;
    }

    /** Does all that a write does before its commit, and looks at the file; empty if another receiver has the lock. */
    public Optional<ActiveConfig> rehearse(RouterShell shell, ConfigReader reader, Duration patience) {
        if (!shell.lock(SHORT_WAIT, patience)) {
            return Optional.empty();
        }
        ActiveConfig config = reader.read(shell);
        lookAgain(shell);
        return Optional.of(config);
    }

    /** Looks at the file in a shell that has just read the config. */
    void lookAgain(RouterShell shell) {
        define(shell);
        RouterShell.Said said = shell.run("saved");
        if (said.code() == UNKNOWN) {
            // Believed: the user may not read the file.
            note(0, "");
            return;
        }
        note(said.code(), said.text());
        if (said.ok()) {
            owe(false);
        }
    }

    synchronized void note(int found, String text) {
        looked = true;
        if (found == 0) {
            words = "";
        } else if (words.isEmpty() || code == UNWRITABLE) {
            words = RouterText.printable(text);
        }
        code = found;
    }

    private synchronized void wait(boolean isSaved) {
        Duration longer = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        pause = isSaved ? Duration.ZERO : longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        nextTry = System.nanoTime() + pause.toNanos();
    }

    /** Saves the running config in a shell that has read it and has the lock; answers {@link #trouble}. */
    public String save(RouterShell shell) {
        define(shell);
        RouterShell.Said said = shell.run("store", shell.times().commit());
        note(said.code(), said.text());
        owe(!said.ok());
        wait(said.ok());
        return trouble();
    }
}
