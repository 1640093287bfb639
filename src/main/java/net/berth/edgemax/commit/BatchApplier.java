package net.berth.edgemax.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
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
import net.berth.edgemax.config.ConfigReader;
import net.berth.edgemax.config.RouterShell;
import net.berth.edgemax.ssh.SshConnection;
import net.berth.engine.port.Router;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;

/** Brings a batch of changes onto the router: together if it takes them, else by halves until the culprits stand alone. */
public final class BatchApplier {
    // Finds some four culprits among a hundred changes; a router that refuses everything is not asked for ever.
    private static final int MOST_ATTEMPTS = 40;
    private final SshConnection connection;
    private final EdgeMaxSettings settings;
    private final ConfigReader reader;
    private final Memory memory;
    private final Router.Batch batch;
    private final Map<Integer, Router.Outcome> outcomes = new TreeMap<>();
    private final Set<Integer> told = new HashSet<>();
    private final Deque<Map<Integer, RouterChange>> groups = new ArrayDeque<>();
    private final List<RouterView> views = new ArrayList<>();
    private int commits;

    /**
     * What outlives a batch.
     *
     * @param abandoned the sessions that may not have been ended, each with the process of its shell
     * @param unsaved whether a commit may not have been saved
     */
    public record Memory(Map<String, String> abandoned, AtomicBoolean unsaved) {
        public Memory() {
            this(new ConcurrentHashMap<>(), new AtomicBoolean());
        }
    }

    public BatchApplier(
            SshConnection connection,
            EdgeMaxSettings settings,
            ConfigReader reader,
            Memory memory,
            Router.Batch batch) {
        this.connection = connection;
        this.settings = settings;
        this.reader = reader;
        this.memory = memory;
        this.batch = batch;
    }

    public Router.Applied apply(List<RouterChange> changes) {
        Map<Integer, RouterChange> all = new TreeMap<>();
        changes.forEach(change -> all.put(all.size(), change));
        groups.add(all);
        for (int attempts = 0; attempts < MOST_ATTEMPTS && !groups.isEmpty(); attempts++) {
            Map<Integer, RouterChange> group = groups.removeFirst();
            connection.with(RouterShell.WRITER, talk -> attempt(new RouterShell(talk, settings), group));
        }
        groups.forEach(group -> later(
                group,
                "not tried by itself: the router refused too much of this batch, or others changed it too often"));
        List<Router.Outcome> inOrder = new ArrayList<>(outcomes.values());
        return new Router.Applied(changes, inOrder, views.getLast(), commits);
    }

    private CommitAttempt attempt(RouterShell shell, Map<Integer, RouterChange> group) {
        String id = ConfigSession.newId();
        Map<String, String> old = Map.copyOf(memory.abandoned());
        memory.abandoned().put(id, shell.process());
        ConfigSession session = ConfigSession.begin(shell, settings, id);
        CommitAttempt attempt = new CommitAttempt(shell, session, reader, settings, group);
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
        judge(result, attempt, rest, done(notSaved));
        views.add(EdgeMaxRouter.view(attempt.config(), shell));
        tell(views.getLast());
        session.end();
        old.forEach((other, process) -> {
            if (session.endAbandoned(other, process)) {
                memory.abandoned().remove(other);
            }
        });
        memory.abandoned().remove(id);
        return attempt;
    }

    /** What is in force counts as done, however the attempt ended; only what still needs a line is refused or tried again. */
    private void judge(
            CommitAttempt.Result result, CommitAttempt attempt, Map<Integer, RouterChange> rest, Router.Outcome done) {
        ChangePlan left = ChangePlanner.plan(attempt.config(), rest);
        outcomes.putAll(left.settled());
        Map<Integer, RouterChange> wanting = new TreeMap<>(rest);
        wanting.keySet().retainAll(left.wanting());
        rest.keySet().stream()
                .filter(number ->
                        !wanting.containsKey(number) && !left.settled().containsKey(number))
                .forEach(number -> outcomes.put(number, done));
        if (!attempt.worthSaving()) {
            // The router is in trouble: nothing more is tried on it.
            refused(wanting, attempt.text());
            groups.forEach(group -> later(group, attempt.text()));
            groups.clear();
        } else {
            switch (result) {
                case IN_PLACE, NOT_NOW -> later(wanting, attempt.text());
                case OVERTAKEN -> again(wanting);
                case FAILED -> halve(wanting, attempt.text());
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

    /** Others were at work on some of the entries: what is left goes again, as long as there are attempts. */
    private void again(Map<Integer, RouterChange> group) {
        if (!group.isEmpty()) {
            groups.addFirst(group);
        }
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
