package net.berth.edgemax.commit;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigCommand;
import net.berth.edgemax.config.ConfigReader;
import net.berth.edgemax.config.RouterShell;
import net.berth.edgemax.ssh.Pause;
import net.berth.engine.port.Router;
import net.berth.model.router.RouterChange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try at a group of changes in one config session: read, compute, send, commit, read back, look at the daemons. It
 * leaves the router either with the changes, or as it was.
 */
final class CommitAttempt {
    /** How it went. */
    enum Result {
        /** All that could be sent is in the running config. */
        IN_PLACE,
        /** The commit was refused or taken back; a smaller group may do better. */
        FAILED,
        /** Refused or taken back, for others changed the same entries at the same moment; what is left may go again. */
        OVERTAKEN,
        /** The lock was held for too long, or somebody else changed the same entries at the same moment. */
        NOT_NOW
    }

    private static final Logger LOG = LoggerFactory.getLogger(CommitAttempt.class);
    private static final int MOST_PLANS = 50;
    private static final int MOST_LOOKS = 5;
    private final RouterShell shell;
    private final ConfigSession session;
    private final ConfigReader reader;
    private final RouterHealth health;
    private final EdgeMaxSettings settings;
    private final Map<Integer, RouterChange> changes;
    private final Map<Integer, Router.Outcome> settled = new TreeMap<>();
    private ActiveConfig config;
    private int commits;
    private boolean worthSaving = true;
    private String text = "";

    CommitAttempt(
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
        this.health = new RouterHealth(shell, settings);
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
                    return verify(plan);
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

    /** A commit is not atomic: what was not refused is in force, and must be sound. */
    private Result partly(ChangePlan plan) {
        ActiveConfig before = config;
        config = reader.read(shell);
        if (!config.lines().equals(before.lines())) {
            commits++;
            broken(plan, before).map(what -> text + "; after that " + what).ifPresent(why -> {
                if (takeBack(plan, before, why)) {
                    alarm(why + "; Berth's changes were taken back");
                }
            });
        }
        // What the router refused was made for another config: others committed at the same moment.
        ChangePlan now = ChangePlanner.plan(config, changes);
        boolean another = !plan.commands().containsAll(now.commands())
                || now.settled().keySet().stream().anyMatch(plan.wanting()::contains);
        return worthSaving && another ? Result.OVERTAKEN : Result.FAILED;
    }

    /** Empty when something is still to be removed. */
    private Optional<Result> verify(ChangePlan plan) {
        ActiveConfig before = config;
        config = reader.read(shell);
        ForeignLines.report(plan, before, config);
        Optional<String> broken = broken(plan, before);
        ChangePlan rest = ChangePlanner.plan(config, changes);
        Set<Integer> overtaken = new TreeSet<>(rest.settled().keySet());
        overtaken.retainAll(plan.wanting());
        if (broken.isEmpty() && overtaken.isEmpty()) {
            // Of these nothing was sent: they were in place until others changed them.
            settle(rest.settled());
            return inPlace(plan, rest);
        }
        String clash = "others committed at the same moment: "
                + overtaken.stream()
                        .map(number -> why(rest.settled().get(number)))
                        .collect(Collectors.joining("; "));
        String why = broken.map(what -> "after the commit " + what).orElse(clash);
        if (!takeBack(plan, before, why)) {
            return Optional.of(Result.FAILED);
        }
        if (broken.isPresent()) {
            alarm(why + "; Berth's changes were taken back");
        } else {
            text = why + "; Berth's changes were taken back and are planned anew";
            LOG.warn("{}", text);
        }
        if (overtaken.isEmpty()) {
            return Optional.of(Result.FAILED);
        }
        settle(rest.settled());
        return Optional.of(Result.OVERTAKEN);
    }

    private static String why(Router.@Nullable Outcome outcome) {
        if (outcome instanceof Router.Outcome.Refused refused) {
            return refused.text();
        }
        return outcome instanceof Router.Outcome.Stale stale ? stale.why() : String.valueOf(outcome);
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

    /**
     * What others put at the same moment and the changes replace goes in another round: of two entries for one machine none
     * is left. It ends there, as whoever misses what was removed looks at NIPAP before it puts that again.
     */
    private Optional<Result> inPlace(ChangePlan sent, ChangePlan rest) {
        if (rest.edits().isEmpty()) {
            return Optional.of(Result.IN_PLACE);
        }
        if (rest.edits().stream().allMatch(edit -> edit.sets().isEmpty())
                && rest.commands().stream().noneMatch(sent.commands()::contains)) {
            return Optional.empty();
        }
        text = "after the commit the router read otherwise than was sent; it lacks: "
                + rest.commands().getFirst();
        return Optional.of(Result.NOT_NOW);
    }

    /** Takes our own lines back, never a whole config; false, and said, when that did not mend it. */
    private boolean takeBack(ChangePlan plan, ActiveConfig before, String why) {
        for (ConfigCommand command : TakeBack.of(plan, before, config)) {
            if (!session.accepts(command)) {
                LOG.warn("taking back: \"{}\" was answered with {}", command, session.lastText());
            }
        }
        boolean back = session.commitPatiently();
        config = reader.read(shell);
        commits++;
        worthSaving = back && health.dead(before, config).isEmpty();
        if (!worthSaving) {
            alarm(why + "; and taking Berth's changes back did not mend it " + session.lastText()
                    + ". Look at the router now; nothing was saved, so a reboot brings its saved config");
        }
        return worthSaving;
    }

    /** For what a person must know of: DHCP or DNS was down, or is. */
    private void alarm(String what) {
        text = "ALARM: " + what;
        LOG.error("{}", text);
    }
}
