package net.berth.edgemax.commit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.berth.edgemax.EdgeMaxRouter;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigReader;
import net.berth.edgemax.config.RouterLock;
import net.berth.edgemax.config.RouterShell;
import net.berth.engine.port.Router;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;

/**
 * Brings the changes of a batch onto the router: together if it takes them, else by halves until each culprit is alone. The
 * lock of {@link RouterLock} is held from the read on which the changes are decided until the last commit is saved.
 */
public final class BatchApplier {
    // Finds some four culprits among a hundred changes; a router that refuses everything is not asked for ever.
    private static final int MOST_ATTEMPTS = 40;
    private final RouterShell shell;
    private final ConfigReader reader;
    private final Memory memory;
    private final Router.Batch batch;
    private final ConfigSession session;
    private final Map<Integer, Router.Outcome> outcomes = new TreeMap<>();
    private final Set<Integer> reported = new HashSet<>();
    private final Deque<Map<Integer, RouterChange>> groups = new ArrayDeque<>();
    private int commits;

    /** What outlives a batch: sessions that may not have been ended, and what is known of the router's saved config. */
    public record Memory(Set<String> abandoned, SavedConfig saved) {
        public Memory() {
            this(ConcurrentHashMap.newKeySet(), new SavedConfig());
        }
    }

    /** Works in one shell, which holds the lock. */
    public BatchApplier(RouterShell shell, ConfigReader reader, Memory memory, Router.Batch batch) {
        this.shell = shell;
        this.reader = reader;
        this.memory = memory;
        this.batch = batch;
        session = new ConfigSession(shell);
    }

    public Router.Applied apply() {
        ActiveConfig config = reader.read(shell);
        RouterView view = EdgeMaxRouter.view(config, shell);
        List<RouterChange> changes = List.copyOf(batch.changes(view));
        if (changes.isEmpty()) {
            return new Router.Applied(changes, List.of(), view, 0);
        }
        Set<String> old = Set.copyOf(memory.abandoned());
        memory.abandoned().add(session.id());
        Map<Integer, RouterChange> all = new TreeMap<>();
        changes.forEach(change -> all.put(all.size(), change));
        groups.add(all);
        for (int attempts = 0; attempts < MOST_ATTEMPTS && !groups.isEmpty(); attempts++) {
            config = attempt(config, groups.removeFirst());
            view = EdgeMaxRouter.view(config, shell);
            report(view);
        }
        groups.forEach(group -> later(group, "not tried by itself: the router refused too much of this batch"));
        session.end();
        old.forEach(other -> ConfigSession.endAbandoned(shell, other));
        memory.abandoned().removeAll(old);
        memory.abandoned().remove(session.id());
        return new Router.Applied(changes, List.copyOf(outcomes.values()), view, commits);
    }

    /** Answers the config as it is afterwards. */
    private ActiveConfig attempt(ActiveConfig config, Map<Integer, RouterChange> group) {
        // Owed until it is done: the connection may die between commit and save.
        boolean owed = memory.saved().owe(true);
        CommitAttempt.Report attempt = new CommitAttempt(shell, session, reader, config, group).run();
        commits += attempt.commits();
        String notSaved = "";
        if (attempt.isSound() && (attempt.commits() > 0 || owed)) {
            notSaved = memory.saved().save(shell);
        } else {
            memory.saved().owe(false);
        }
        if (attempt.result() == CommitAttempt.Result.NOT_SAVABLE) {
            memory.saved().lookAgain(shell);
        }
        outcomes.putAll(attempt.settled());
        Map<Integer, RouterChange> open = new TreeMap<>(group);
        open.keySet().removeAll(attempt.settled().keySet());
        // What is in force has its outcome, however the attempt ended; only what still needs a line is tried again.
        ChangePlan left = ChangePlanner.plan(attempt.config(), open);
        outcomes.putAll(left.settled());
        Map<Integer, RouterChange> wanting = new TreeMap<>(open);
        wanting.keySet().retainAll(left.wanting());
        open.keySet().removeAll(wanting.keySet());
        Router.Outcome inForce = attempt.isSound() ? done(notSaved) : new Router.Outcome.Refused(attempt.text());
        open.keySet().forEach(number -> outcomes.putIfAbsent(number, inForce));
        tryAgain(attempt, wanting, left.settled().isEmpty());
        return attempt.config();
    }

    private void tryAgain(
            CommitAttempt.Report attempt, Map<Integer, RouterChange> wanting, boolean isCulpritAmongThem) {
        if (!attempt.isSound()) {
            // The router is in trouble: nothing more is tried on it.
            refused(wanting, attempt.text());
            groups.forEach(group -> later(group, attempt.text()));
            groups.clear();
        } else if (attempt.result() != CommitAttempt.Result.FAILED) {
            Router.Outcome outcome = attempt.result() == CommitAttempt.Result.NOT_NOW
                    ? new Router.Outcome.Busy(attempt.text())
                    : new Router.Outcome.Later(attempt.text());
            wanting.keySet().forEach(number -> outcomes.put(number, outcome));
        } else if (isCulpritAmongThem) {
            halve(wanting, attempt.text());
        } else if (!wanting.isEmpty()) {
            // The culprit may be what an admin changed at the same moment: then the others are innocent.
            groups.addFirst(wanting);
        }
    }

    /** Reports new outcomes at once: not every caller has to wait for the halves that others' changes still need. */
    private void report(RouterView after) {
        Map<Integer, Router.Outcome> fresh = new TreeMap<>(outcomes);
        fresh.keySet().removeAll(reported);
        reported.addAll(fresh.keySet());
        if (!fresh.isEmpty()) {
            batch.settled(fresh, after);
        }
    }

    private static Router.Outcome done(String notSaved) {
        return notSaved.isEmpty()
                ? new Router.Outcome.Done()
                : new Router.Outcome.Later("it is in the running config, but " + notSaved);
    }

    private void refused(Map<Integer, RouterChange> group, String text) {
        group.keySet().forEach(number -> outcomes.put(number, new Router.Outcome.Refused(text)));
    }

    private void later(Map<Integer, RouterChange> group, String why) {
        group.keySet().forEach(number -> outcomes.put(number, new Router.Outcome.Later(why)));
    }

    private void halve(Map<Integer, RouterChange> group, String text) {
        if (group.size() == 1) {
            refused(group, text);
            return;
        }
        Map<Integer, RouterChange> first = new TreeMap<>(group);
        first.keySet().retainAll(List.copyOf(group.keySet()).subList(0, group.size() / 2));
        Map<Integer, RouterChange> second = new TreeMap<>(group);
        second.keySet().removeAll(first.keySet());
        // In the old order, which may matter: a removal makes room for what comes behind it.
        Stream.of(second, first).filter(half -> !half.isEmpty()).forEach(groups::addFirst);
    }
}
