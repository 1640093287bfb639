package net.berth.lab.edgeos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/** The active config, the sessions that want to change it, and the verbs of {@code vyatta-cfg-cmd-wrapper}. */
final class ConfigSystem {
    static final String LOCKED = "Configuration system temporarily locked due to another commit in progress\n";
    private final Template templates = Template.load();
    private final Map<String, Session> sessions = new HashMap<>();
    private final AtomicReference<Node> active = new AtomicReference<>(new Node());
    private final ReentrantLock commitLock = new ReentrantLock();
    private final Faults faults;
    private final Counters counters;
    private final Committer committer;
    private final Daemons daemons;
    private final BootFile boot;

    ConfigSystem(Faults faults, Counters counters, Daemons daemons) {
        this.faults = faults;
        this.counters = counters;
        this.daemons = daemons;
        boot = new BootFile(templates, faults, counters);
        committer = new Committer(templates, faults, counters, daemons);
    }

    /** Puts whole {@code set} lines into the active and the saved config as if they had always been there. */
    synchronized void preset(List<List<String>> paths) {
        Node tree = active.get().copy();
        paths.forEach(tree::make);
        active.set(tree);
        boot.keep(tree);
        daemons.boot(tree);
    }

    /** One call of the wrapper. */
    Answer run(String id, String caller, List<String> words) {
        String verb = words.isEmpty() ? "" : words.getFirst();
        List<String> path = words.isEmpty() ? List.of() : words.subList(1, words.size());
        if (verb.equals("commit")) {
            return commit(id);
        }
        synchronized (this) {
            Session session = sessions.get(id);
            return switch (verb) {
                // A session that was left behind goes on with the changes that it had.
                case "begin" -> {
                    sessions.computeIfAbsent(id, i -> new Session(templates, active.get()));
                    yield Answer.OK;
                }
                case "end" -> sessions.remove(id) == null ? Answer.fail("") : Answer.OK;
                case "set" -> {
                    counters.lines.incrementAndGet();
                    yield session == null ? outside("validateSetPath") : session.set(path);
                }
                case "delete" -> {
                    counters.lines.incrementAndGet();
                    yield session == null ? outside("deleteCfgPath") : session.delete(path);
                }
                case "discard", "cleanup" -> discard(session);
                case "show" -> show(session, path);
                case "save" -> boot.save(active.get(), caller);
                default -> Answer.fail("Invalid command \"" + verb + "\" for vyatta-cfg-cmd-wrapper\n");
            };
        }
    }

    private static Answer outside(String step) {
        return Answer.fail("calling " + step + "() without config session\n");
    }

    private Answer discard(Session session) {
        boolean any = session != null && session.touched();
        if (session != null) {
            session.restart(active.get());
        }
        return Answer.ok(any ? "Changes have been discarded\n" : "No changes have been discarded\n");
    }

    private Answer show(Session session, List<String> path) {
        Node before = active.get();
        Node after = session == null ? active.get() : session.work();
        if (!before.has(path) && !after.has(path)) {
            return Answer.ok("Configuration under specified path is empty\n");
        }
        Template template = templates;
        for (String word : path) {
            template = template.child(word).orElseGet(Template::new);
        }
        return Answer.ok(CurlyPrinter.print(
                before.at(path).orElseGet(Node::new), after.at(path).orElseGet(Node::new), template, session != null));
    }

    private Answer commit(String id) {
        Session session;
        synchronized (this) {
            session = sessions.get(id);
        }
        if (session == null) {
            return Answer.fail("Failed to generate committed config\n");
        }
        faults.runBeforeCommit();
        if (faults.locked() || !commitLock.tryLock()) {
            return Answer.fail(LOCKED);
        }
        try {
            return committer.commit(session, active, this);
        } finally {
            commitLock.unlock();
        }
    }

    boolean isCommitting() {
        return commitLock.isLocked();
    }

    synchronized boolean changed(String id) {
        Session session = sessions.get(id);
        return session != null && session.touched();
    }

    synchronized List<String> openSessions() {
        return new ArrayList<>(sessions.keySet());
    }

    /** What a reader gets: torn while a commit runs, or when told so. */
    String showCommands(boolean presets) {
        counters.reads.incrementAndGet();
        String printed = CommandsPrinter.print(templates, active.get(), presets);
        String whole = printed.isEmpty() ? "set ''\n" : printed;
        if (commitLock.isLocked()) {
            return tear(whole, Faults.Torn.HALF);
        }
        return faults.takeTorn().map(how -> tear(whole, how)).orElse(whole);
    }

    /** A part of the config, which loses the words of its parents, as on the real system. */
    String showPart(List<String> path) {
        String start = "set " + String.join(" ", path);
        String lost = "set " + String.join(" ", path.subList(0, path.size() - 1));
        StringBuilder part = new StringBuilder();
        showCommands(true)
                .lines()
                .filter(line -> line.equals(start) || line.startsWith(start + " "))
                .forEach(line -> part.append("set")
                        .append(line.substring(lost.stripTrailing().length()))
                        .append('\n'));
        return part.toString();
    }

    private static String tear(String whole, Faults.Torn how) {
        List<String> lines = whole.lines().toList();
        List<String> rest =
                switch (how) {
                    case EMPTY -> List.of();
                    case HALF -> lines.subList(0, lines.size() / 2);
                    case NO_DHCP ->
                        lines.stream()
                                .filter(line -> !line.startsWith("set service dhcp-server"))
                                .toList();
                    case NO_LAN ->
                        lines.stream()
                                .filter(line -> !line.contains(" shared-network-name LAN "))
                                .toList();
                    case ONE_MAPPING_LESS -> {
                        String first = lines.stream()
                                .filter(line -> line.contains(" static-mapping "))
                                .map(line -> line.replaceFirst("( static-mapping \\S+).*", "$1 "))
                                .findFirst()
                                .orElse("nothing");
                        yield lines.stream()
                                .filter(line -> !line.startsWith(first))
                                .toList();
                    }
                };
        return rest.isEmpty() ? "" : String.join("\n", rest) + "\n";
    }

    /** The active config as it is, for the lab's own eyes. */
    String dump() {
        return CommandsPrinter.print(templates, active.get(), false);
    }

    synchronized String savedDump() {
        return CommandsPrinter.print(templates, boot.config(), false);
    }

    /** The saved config. */
    BootFile boot() {
        return boot;
    }

    /** The active config with braces, without the words of a session. */
    String showCurly() {
        return boot.curly(active.get());
    }

    Node active() {
        return active.get();
    }
}
