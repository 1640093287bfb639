package net.berth.edgemax.commit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigCommand;
import net.berth.edgemax.config.ConfigReader;
import net.berth.edgemax.config.RouterLock;
import net.berth.edgemax.config.RouterShell;
import net.berth.edgemax.ssh.RouterText;
import net.berth.engine.port.Router;
import net.berth.model.router.RouterChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try at a group of changes, under the lock of {@link RouterLock}: compute, send, commit, read back, look at the daemons.
 * It leaves the router either with the changes, or as it was. Admins do not take that lock, and the config system keeps their
 * sessions apart from Berth's: so a commit only goes through if the config is as it was read, and is looked at afterwards.
 */
final class CommitAttempt {
    enum Result {
        /** All that could be sent is in the running config. */
        IN_PLACE,
        /** The commit was refused or undone; a smaller group may do better. */
        FAILED,
        /** The router could not save a commit, so none was sent. */
        NOT_SAVABLE,
        /** Other commits took so long that there was no time for Berth's. */
        NOT_NOW
    }

    private static final Logger LOG = LoggerFactory.getLogger(CommitAttempt.class);
    /** Longer than this the changes do not wait for another admin's commit: they are planned again, by newer rows. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final int MOST_PLANS = 50;
    private static final int MOST_LOOKS = 5;
    private final RouterShell shell;
    private final ConfigSession session;
    private final ConfigReader reader;
    private final RouterHealth health;
    private final Map<Integer, RouterChange> changes;
    private final Map<Integer, Router.Outcome> settled = new TreeMap<>();
    private ActiveConfig config;
    private int commits;
    private boolean sound = true;
    private String text = "";

    CommitAttempt(
            RouterShell shell,
            ConfigSession session,
            ConfigReader reader,
            ActiveConfig config,
            Map<Integer, RouterChange> changes) {
        this.shell = shell;
        this.session = session;
        this.changes = new TreeMap<>(changes);
        this.reader = reader;
        this.health = new RouterHealth(shell);
        this.config = config;
    }

    /**
     * What became of it.
     *
     * @param settled what is known of single changes; those that are missing share the result
     * @param isSound whether the running config is sound as far as this attempt knows, and so worth saving
     * @param text the router's words where it failed
     */
    record Report(
            Result result,
            Map<Integer, Router.Outcome> settled,
            ActiveConfig config,
            int commits,
            boolean isSound,
            String text) {}

    Report run() {
        Result result = attempt();
        return new Report(result, Map.copyOf(settled), config, commits, sound, text);
    }

    private Result attempt() {
        long wait = Math.min(LONGEST_WAIT.toNanos(), shell.times().commit().toNanos());
        long deadline = System.nanoTime() + wait;
        for (int plans = 0; plans < MOST_PLANS; plans++) {
            ChangePlan plan = ChangePlanner.plan(config, changes);
            settle(plan.settled());
            if (plan.edits().isEmpty()) {
                return Result.IN_PLACE;
            }
            session.begin();
            health.note();
            if (!send(plan)) {
                session.discard();
                continue;
            }
            Optional<Result> result = commit(plan, deadline);
            if (result.isPresent()) {
                return result.get();
            }
        }
        text = "the config changed under way again and again";
        return Result.NOT_NOW;
    }

    private void settle(Map<Integer, Router.Outcome> more) {
        settled.putAll(more);
        more.keySet().forEach(changes::remove);
    }

    /** False when a line was refused: its changes are settled, and the others are to be planned anew. */
    private boolean send(ChangePlan plan) {
        for (ConfigCommand command : plan.commands()) {
            if (!session.accepts(command)) {
                Router.Outcome refused = new Router.Outcome.Refused(session.lastText());
                plan.changesOf(command).forEach(number -> settle(Map.of(number, refused)));
                return false;
            }
        }
        return true;
    }

    /** Empty when the config is another by now: everything sent was discarded and is to be planned anew. */
    private Optional<Result> commit(ChangePlan plan, long deadline) {
        while (true) {
            switch (session.commit()) {
                case DONE -> {
                    return Optional.of(verify(plan));
                }
                case FAILED -> {
                    text = session.lastText();
                    session.discard();
                    return Optional.of(partly(plan));
                }
                case NOT_SAVABLE -> {
                    text = session.lastText();
                    session.discard();
                    return Optional.of(Result.NOT_SAVABLE);
                }
                case LOCKED, CHANGED -> {
                    text = session.lastText();
                    Optional<ActiveConfig> now = glance(deadline);
                    if (now.isPresent() && now.get().lines().equals(config.lines())) {
                        continue;
                    }
                    session.discard();
                    config = now.orElse(config);
                    return now.isPresent() ? Optional.empty() : Optional.of(Result.NOT_NOW);
                }
            }
        }
    }

    /** The config when no commit runs; empty when one ran until the deadline. */
    private Optional<ActiveConfig> glance(long deadline) {
        long pause = shell.times().pause().toNanos();
        Optional<ActiveConfig> now = Optional.empty();
        while (now.isEmpty() && System.nanoTime() + pause < deadline) {
            shell.pause();
            now = reader.glance(shell);
        }
        return now;
    }

    /** A commit is not atomic: what was not refused is in force, and must be sound. */
    private Result partly(ChangePlan plan) {
        ActiveConfig before = config;
        config = reader.read(shell);
        if (!config.lines().equals(before.lines())) {
            commits++;
            broken(plan, before).ifPresent(what -> undo(plan, before, text + "; after that " + what));
        }
        return Result.FAILED;
    }

    private Result verify(ChangePlan plan) {
        commits++;
        ActiveConfig before = config;
        config = reader.read(shell);
        reportForeign(plan.foreign(before, config), plan.foreign(config, before));
        Optional<String> broken = broken(plan, before);
        if (broken.isPresent()) {
            undo(plan, before, "after the commit " + broken.get());
            return Result.FAILED;
        }
        ChangePlan left = ChangePlanner.plan(config, changes);
        settle(left.settled());
        if (left.edits().isEmpty()) {
            return Result.IN_PLACE;
        }
        text = "after the commit the router's config is not as sent; it lacks: "
                + left.commands().getFirst();
        return Result.NOT_NOW;
    }

    private static void reportForeign(List<String> lost, List<String> found) {
        if (!lost.isEmpty() || !found.isEmpty()) {
            LOG.warn(
                    "while Berth committed, an admin changed the router's config: removed {}, added {}",
                    RouterText.printable(lost.toString()),
                    RouterText.printable(found.toString()));
        }
    }

    /** Only what is wrong on a config that holds still is wrong: others may be in the middle of a commit. */
    private Optional<String> broken(ChangePlan plan, ActiveConfig before) {
        Optional<String> broken = health.fault(plan, before, config);
        for (int looks = 1; broken.isPresent() && looks < MOST_LOOKS && isAnotherByNow(); looks++) {
            broken = health.fault(plan, before, config);
        }
        return broken;
    }

    private boolean isAnotherByNow() {
        ActiveConfig last = config;
        config = reader.read(shell);
        return !config.lines().equals(last.lines());
    }

    /** Takes Berth's own lines back, never a whole config. */
    private void undo(ChangePlan plan, ActiveConfig before, String why) {
        ActiveConfig broken = config;
        boolean back = commitUndo(plan, before);
        config = reader.read(shell);
        commits += config.lines().equals(broken.lines()) ? 0 : 1;
        sound = back && health.dead(before, config).isEmpty();
        if (sound) {
            alarm(why + "; Berth took its changes back");
        } else {
            String answer = session.lastText().isEmpty() ? "" : " The router's last answer: " + session.lastText();
            alarm(why
                    + "; Berth took its changes back, but that did not help. Look at the router now. Nothing was saved, so a"
                    + " reboot brings its saved config." + answer);
        }
    }

    /** False if the router refused, or other commits ran all the time. */
    private boolean commitUndo(ChangePlan plan, ActiveConfig before) {
        long deadline = System.nanoTime() + shell.times().commit().toNanos();
        while (true) {
            for (ConfigCommand command : plan.undo(before, config)) {
                if (!session.accepts(command)) {
                    LOG.warn("taking back: the router answered \"{}\" with {}", command, session.lastText());
                }
            }
            ConfigSession.Commit commit = session.undo();
            if (commit == ConfigSession.Commit.DONE || commit == ConfigSession.Commit.FAILED) {
                return commit == ConfigSession.Commit.DONE;
            }
            session.discard();
            Optional<ActiveConfig> now = glance(deadline);
            if (now.isEmpty()) {
                return false;
            }
            config = now.get();
        }
    }

    /** Says what an operator must know at once: DHCP or DNS was down, or is. */
    private void alarm(String what) {
        text = "ALARM: " + what;
        LOG.error("{}", text);
    }
}
