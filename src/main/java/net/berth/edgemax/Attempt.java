package net.berth.edgemax;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.berth.engine.Router;
import net.berth.model.RouterChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try at a group of changes in one config session: read, compute, send, commit, read back, look at the daemons. It
 * leaves the router either with the changes, or as it was.
 */
final class Attempt {
    /** How it went. */
    enum Result {
        /** All that could be sent is in the running config. */
        IN_PLACE,
        /** The commit was refused or taken back; a smaller group may do better. */
        FAILED,
        /** The lock was held for too long, or somebody else changed the same entries at the same moment. */
        NOT_NOW
    }

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
    private static final int MOST_PLANS = 50;
    private final RouterShell shell;
    private final ConfigSession session;
    private final ConfigReader reader;
    private final EdgeMaxSettings settings;
    private final Map<Integer, RouterChange> changes;
    private final Map<Integer, Router.Outcome> settled = new TreeMap<>();
    private ActiveConfig config;
    private Set<Daemon> daemons = EnumSet.noneOf(Daemon.class);
    private int commits;
    private boolean worthSaving = true;
    private String text = "";

    Attempt(
            RouterShell shell,
            ConfigSession session,
            ConfigReader reader,
            EdgeMaxSettings settings,
            Map<Integer, RouterChange> changes) {
        this.shell = shell;
        this.session = session;
        this.settings = settings;
        this.changes = new TreeMap<>(changes);
        this.reader = reader;
        config = reader.read(shell);
    }

    /** What is known of single changes; those that are missing share the result. */
    Map<Integer, Router.Outcome> settled() {
        return Map.copyOf(settled);
    }

    /** The config as it was read last. */
    ActiveConfig config() {
        return config;
    }

    /** Commits that changed something. */
    int commits() {
        return commits;
    }

    /** Whether the running config is sound as far as this attempt knows. */
    boolean worthSaving() {
        return worthSaving;
    }

    /** The router's words where it failed. */
    String text() {
        return text;
    }

    Result run() {
        long deadline = System.nanoTime() + settings.times().commit().toNanos();
        for (int plans = 0; plans < MOST_PLANS; plans++) {
            ChangePlan plan = ChangePlanner.plan(config, changes);
            settle(plan.settled());
            if (plan.edits().isEmpty()) {
                return Result.IN_PLACE;
            }
            if (daemons.isEmpty()) {
                daemons = Daemon.running(shell);
            }
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

    /** False when a line was refused: its changes are settled, and the rest is to be planned anew. */
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
                    commits++;
                    return Optional.of(verify(plan));
                }
                case FAILED -> {
                    text = session.lastText();
                    session.discard();
                    return Optional.of(partly(plan));
                }
                case LOCKED -> {
                    text = session.lastText();
                    Duration pause = settings.times().pause();
                    if (System.nanoTime() + pause.toNanos() > deadline) {
                        session.discard();
                        return Optional.of(Result.NOT_NOW);
                    }
                    Pause.of(pause);
                    Optional<ActiveConfig> now = reader.glance(shell);
                    if (now.isPresent() && !now.get().lines().equals(config.lines())) {
                        session.discard();
                        config = now.get();
                        return Optional.empty();
                    }
                }
            }
        }
    }

    /** A commit is not atomic: what was not refused is in force, and must not have killed anything. */
    private Result partly(ChangePlan plan) {
        ActiveConfig before = config;
        config = reader.read(shell);
        if (!config.lines().equals(before.lines())) {
            commits++;
            Set<Daemon> dead = dead(before);
            if (!dead.isEmpty()) {
                takeBack(plan, before, text + "; after that " + names(dead) + " did not run any more");
            }
        }
        return Result.FAILED;
    }

    private Result verify(ChangePlan plan) {
        ActiveConfig before = config;
        config = reader.read(shell);
        ForeignLines.report(plan, before, config);
        Set<Daemon> dead = dead(before);
        if (!dead.isEmpty()) {
            return takeBack(plan, before, "after the commit " + names(dead) + " did not run any more");
        }
        Optional<String> hosts = HostsFile.fault(shell, plan, config, settings);
        if (hosts.isPresent()) {
            return takeBack(plan, before, "after the commit " + hosts.get());
        }
        ChangePlan rest = ChangePlanner.plan(config, changes);
        if (!rest.settled().isEmpty()) {
            return takeBack(plan, before, "after the commit " + rest.settled().values());
        }
        if (!rest.edits().isEmpty()) {
            text = "after the commit the router read otherwise than was sent; it lacks: "
                    + rest.commands().getFirst();
            return Result.NOT_NOW;
        }
        return Result.IN_PLACE;
    }

    private Set<Daemon> dead(ActiveConfig before) {
        // If a person has just switched the mode, which daemons live now is not our doing.
        boolean switched = before.dnsmasq() != config.dnsmasq();
        return switched ? Set.of() : Daemon.dead(shell, daemons, settings);
    }

    /** The inverse of our own lines, never a whole config. */
    private Result takeBack(ChangePlan plan, ActiveConfig before, String why) {
        for (ConfigCommand command : plan.undo()) {
            if (!session.accepts(command)) {
                LOG.warn("taking back: \"{}\" was answered with {}", command, session.lastText());
            }
        }
        boolean back = commitPatiently();
        config = reader.read(shell);
        commits++;
        if (back && dead(before).isEmpty()) {
            text = "ALARM: " + why + "; Berth's changes were taken back";
        } else {
            worthSaving = false;
            text = "ALARM: " + why + "; and taking Berth's changes back did not mend it " + session.lastText()
                    + ". Look at the router now; nothing was saved, so a reboot brings its saved config";
        }
        LOG.error("{}", text);
        return Result.FAILED;
    }

    private boolean commitPatiently() {
        long deadline = System.nanoTime() + settings.times().commit().toNanos();
        ConfigSession.Commit commit = session.commit();
        while (commit == ConfigSession.Commit.LOCKED && System.nanoTime() < deadline) {
            Pause.of(settings.times().pause());
            commit = session.commit();
        }
        return commit == ConfigSession.Commit.DONE;
    }

    private static String names(Set<Daemon> daemons) {
        return daemons.stream().map(Daemon::program).sorted().collect(Collectors.joining(" and "));
    }
}
