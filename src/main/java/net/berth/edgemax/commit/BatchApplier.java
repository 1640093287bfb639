package net.berth.edgemax.commit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import net.berth.edgemax.EdgeMaxRouter;
import net.berth.edgemax.EdgeMaxSettings;
import net.berth.edgemax.config.ActiveConfig;
import net.berth.edgemax.config.ConfigReader;
import net.berth.edgemax.config.RouterLock;
import net.berth.edgemax.config.RouterShell;
import net.berth.engine.port.Router;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;

/**
 * Brings the changes of a batch onto the router: together if it takes them, else by halves until the culprits stand alone. The
 * lock of {@link RouterLock} is held from the read on which the changes are decided until the last commit is saved.
 */
public final class BatchApplier {
    // Finds some four culprits among a hundred changes; a router that refuses everything is not asked for ever.
    private static final int MOST_ATTEMPTS = 40;
    private final RouterShell shell;
    private final EdgeMaxSettings settings;
    private final ConfigReader reader;
    private final Memory memory;
    private final Router.Batch batch;
    private final ConfigSession session;
    private final Map<Integer, Router.Outcome> outcomes = new TreeMap<>();
    private final Set<Integer> told = new HashSet<>();
    private final Deque<Map<Integer, RouterChange>> groups = new ArrayDeque<>();
    private int commits;

    /**
     * What outlives a batch.
     *
     * @param abandoned the sessions that may not have been ended
     * @param unsaved whether a commit may not have been saved
     */
    public record Memory(Set<String> abandoned, AtomicBoolean unsaved) {
        public Memory() {
            this(ConcurrentHashMap.newKeySet(), new AtomicBoolean());
        }
    }

    /**
     * Works in one shell.
     *
     * @param shell a shell that holds the lock
     */
    public BatchApplier(
            RouterShell shell, EdgeMaxSettings settings, ConfigReader reader, Memory memory, Router.Batch batch) {
        this.shell = shell;
        this.settings = settings;
        this.reader = reader;
        this.memory = memory;
        this.batch = batch;
        session = new ConfigSession(shell, settings);
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
            tell(view);
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
        CommitAttempt attempt = new CommitAttempt(shell, session, reader, settings, config, group);
        // Owed until it is done: the connection may die between commit and save.
        boolean owed = memory.unsaved().getAndSet(true);
        CommitAttempt.Result result = attempt.run();
        commits += attempt.commits();
        String notSaved = "";
        if (attempt.worthSaving() && (attempt.commits() > 0 || owed)) {
            notSaved = new ConfigSaver(settings).save(shell).orElse("");
        }
        memory.unsaved().set(!notSaved.isEmpty());
        outcomes.putAll(attempt.settled());
        Map<Integer, RouterChange> rest = new TreeMap<>(group);
        rest.keySet().removeAll(attempt.settled().keySet());
        judge(
                result,
                attempt,
                rest,
                attempt.worthSaving() ? done(notSaved) : new Router.Outcome.Refused(attempt.text()));
        return attempt.config();
    }

    /**
     * What is in force has the outcome {@code inForce}, however the attempt ended; only what still needs a line is refused or
     * tried again.
     */
    private void judge(
            CommitAttempt.Result result,
            CommitAttempt attempt,
            Map<Integer, RouterChange> rest,
            Router.Outcome inForce) {
        ChangePlan left = ChangePlanner.plan(attempt.config(), rest);
        outcomes.putAll(left.settled());
        Map<Integer, RouterChange> wanting = new TreeMap<>(rest);
        wanting.keySet().retainAll(left.wanting());
        rest.keySet().stream()
                .filter(number ->
                        !wanting.containsKey(number) && !left.settled().containsKey(number))
                .forEach(number -> outcomes.put(number, inForce));
        if (!attempt.worthSaving()) {
            // The router is in trouble: nothing more is tried on it.
            refused(wanting, attempt.text());
            groups.forEach(group -> later(group, attempt.text()));
            groups.clear();
        } else {
            switch (result) {
                case IN_PLACE -> later(wanting, attempt.text());
                case NOT_NOW ->
                    wanting.keySet().forEach(number -> outcomes.put(number, new Router.Outcome.Busy(attempt.text())));
                case FAILED -> {
                    if (left.settled().isEmpty() || wanting.isEmpty()) {
                        halve(wanting, attempt.text());
                    } else {
                        // The culprit may be what a person changed at the same moment: then the others are innocent.
                        groups.addFirst(wanting);
                    }
                }
            }
        }
    }

    /** Nobody waits for the halves that others' changes still need. */
    private void tell(RouterView after) {
        Map<Integer, Router.Outcome> fresh = new TreeMap<>(outcomes);
        fresh.keySet().removeAll(told);
        told.addAll(fresh.keySet());
        if (!fresh.isEmpty()) {
            batch.settled(fresh, after);
        }
    }

    private static Router.Outcome done(String notSaved) {
        return notSaved.isEmpty()
                ? new Router.Outcome.Done()
                : new Router.Outcome.Later("it is in the running config, but the router does not save it: " + notSaved);
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
        List<Integer> numbers = List.copyOf(group.keySet());
        Map<Integer, RouterChange> first = new TreeMap<>(group);
        first.keySet().retainAll(numbers.subList(0, numbers.size() / 2));
        Map<Integer, RouterChange> second = new TreeMap<>(group);
        second.keySet().removeAll(first.keySet());
        // In the old order, which may matter: a removal makes way for what comes behind it.
        Stream.of(second, first).filter(half -> !half.isEmpty()).forEach(groups::addFirst);
    }
}
