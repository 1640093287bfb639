package net.berth.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;

/**
 * One receiver's way to the router: a shell that takes the lock, then read, decide, commit, read again, save, each a call of its
 * own. The router frees the lock of a receiver that sends nothing for a minute; what that receiver sends later fails.
 */
final class SimRouter implements Router {
    private static final long LONGEST_WAIT = 300_000;
    private static final long LONGEST_COMMIT = 5_000;
    /** Once in so many sessions a receiver is paused while it holds the lock. */
    private static final int PAUSED_ONCE_IN = 50;

    private final Edge edge;
    private final Wire wire;
    private final Kernel kernel;
    private final Faults faults;
    private final Life life;

    SimRouter(Edge edge, Wire wire, Kernel kernel, Faults faults, Life life) {
        this.edge = edge;
        this.wire = wire;
        this.kernel = kernel;
        this.faults = faults;
        this.life = life;
    }

    @Override
    public RouterView read() {
        return wire.call(life, Peer.ROUTER, "read the router", edge::view);
    }

    @Override
    public Applied apply(Batch batch) {
        Edge.Shell shell = wire.call(
                life, Peer.ROUTER, "open a shell", () -> edge.open(life, kernel.now(), kernel.chance(2) == 0));
        try {
            long until = kernel.now() + LONGEST_WAIT;
            while (!edge.takes(shell, kernel.now())) {
                if (kernel.now() > until) {
                    kernel.trace().add(kernel.now(), life.toString(), "has waited for the router's lock in vain");
                    throw new PeerException(Peer.ROUTER, PeerException.Kind.DOWN, "another receiver writes");
                }
                kernel.sleep(life, 1_000);
            }
            Look before = look(shell, "read under the lock");
            List<RouterChange> changes = List.copyOf(batch.changes(before.view()));
            if (changes.isEmpty()) {
                return new Applied(changes, List.of(), before.view(), 0);
            }
            if (!faults.quiet() && kernel.chance(PAUSED_ONCE_IN) == 0) {
                wire.pause(life, "commit");
            }
            Applied applied = inSession(shell, before, changes);
            if (kernel.chance(3) == 0) {
                tellEarly(applied, batch);
            }
            return applied;
        } finally {
            edge.close(shell);
        }
    }

    /** What was read, and at which state of the router. */
    private record Look(RouterView view, int state) {
        @Override
        public String toString() {
            return Trace.inShort(view);
        }
    }

    private Look look(Edge.Shell shell, String what) {
        return wire.call(life, Peer.ROUTER, what, () -> {
            serve(shell);
            return new Look(edge.view(), edge.state());
        });
    }

    /** The router carries out a command, if the shell for it still lives. */
    private void serve(Edge.Shell shell) {
        if (!edge.serves(shell, kernel.now())) {
            kernel.trace().add(kernel.now(), life.toString(), "sends a command, and its shell has ended");
            throw new PeerException(Peer.ROUTER, PeerException.Kind.DOWN, "the connection to the router ended");
        }
    }

    /** Some hear before the batch is through, as when a part of it needs another commit. */
    private void tellEarly(Applied applied, Batch batch) {
        Map<Integer, Outcome> early = new TreeMap<>();
        for (int i = 0; i < applied.outcomes().size(); i++) {
            if (kernel.chance(2) == 0) {
                early.put(i, applied.outcomes().get(i));
            }
        }
        batch.settled(early, applied.after());
        kernel.sleep(life, kernel.chance(3_000));
    }

    /** While a person's commit runs, or when the config is not as it was read, it is read and planned again. */
    private Applied inSession(Edge.Shell shell, Look before, List<RouterChange> changes) {
        long until = kernel.now() + LONGEST_COMMIT;
        Look look = before;
        Sketch sketch = new Sketch(look.view(), changes);
        while (!sketch.edits().isEmpty() && !commit(shell, sketch.edits(), look.state())) {
            if (kernel.now() > until) {
                Outcome later = new Outcome.Busy("another commit in progress");
                return new Applied(
                        changes,
                        sketch.outcomes(change -> later),
                        look(shell, "read after").view(),
                        0);
            }
            kernel.sleep(life, 1000);
            look = look(shell, "read again");
            sketch = new Sketch(look.view(), changes);
        }
        if (sketch.edits().isEmpty()) {
            RouterView view = look.view();
            return new Applied(changes, sketch.outcomes(change -> outcome(view, change)), view, 0);
        }
        RouterView after = look(shell, "read after").view();
        wire.call(life, Peer.ROUTER, "save", () -> {
            serve(shell);
            return "";
        });
        Sketch left = new Sketch(after, changes);
        left.settled.putAll(sketch.settled);
        return new Applied(changes, left.outcomes(change -> outcome(after, change)), after, 1);
    }

    private static Outcome outcome(RouterView after, RouterChange change) {
        return stands(after, change) ? new Outcome.Done() : new Outcome.Later("the commit was cut short");
    }

    /** False while another commit holds the router's own lock, or when the config is not as it was read. */
    private boolean commit(Edge.Shell shell, List<Edge.Edit> edits, int state) {
        return wire.call(life, Peer.ROUTER, "commit " + edits, () -> {
            serve(shell);
            if (edge.locked(kernel.now()) || edge.state() != state) {
                return false;
            }
            // Subtrees are committed one by one, and a bad one leaves the good ones in force.
            boolean cut = !faults.quiet() && kernel.chance(40) == 0;
            List<Edge.Edit> done = cut ? edits.subList(0, kernel.chance(edits.size() + 1)) : edits;
            edge.commit(shell, done, kernel.now());
            return true;
        });
    }

    private static boolean stands(RouterView after, RouterChange change) {
        return switch (change) {
            case RouterChange.PutMapping put -> after.mappings().stream().anyMatch(found -> found.equals(put.wanted()));
            case RouterChange.PutRecord put -> after.records().stream().anyMatch(found -> found.equals(put.wanted()));
            case RouterChange.RemoveMapping remove -> !after.mappings().contains(remove.old());
            case RouterChange.RemoveRecord remove -> !after.records().contains(remove.old());
        };
    }

    /** What a batch makes of a view: edits of nodes, and changes that something stands in the way of. */
    private static final class Sketch {
        private final List<RouterChange> changes;
        private final Map<String, Mapping> mappings = new LinkedHashMap<>();
        private final Map<String, DnsRecord> records = new LinkedHashMap<>();
        private final Map<String, Object> before = new LinkedHashMap<>();
        private final Map<Integer, Outcome> settled = new TreeMap<>();

        Sketch(RouterView view, List<RouterChange> changes) {
            this.changes = changes;
            view.mappings().forEach(mapping -> before.put(Edge.node(mapping), mapping));
            view.records().forEach(record -> before.put(Edge.node(record), record));
            int settledBefore;
            do {
                settledBefore = settled.size();
                draw(view);
            } while (settled.size() > settledBefore);
        }

        private void draw(RouterView view) {
            mappings.clear();
            records.clear();
            view.mappings().forEach(mapping -> mappings.put(Edge.node(mapping), mapping));
            view.records().forEach(record -> records.put(Edge.node(record), record));
            open((number, change) -> old(change).forEach(entry -> take(number, entry)));
            open(this::put);
        }

        private interface Each {
            void change(int number, RouterChange change);
        }

        private void open(Each each) {
            for (int i = 0; i < changes.size(); i++) {
                if (!settled.containsKey(i)) {
                    each.change(i, changes.get(i));
                }
            }
        }

        private static Stream<Object> old(RouterChange change) {
            return switch (change) {
                case RouterChange.PutMapping put -> put.replaces().stream().map(entry -> (Object) entry);
                case RouterChange.PutRecord put -> put.replaces().stream().map(entry -> (Object) entry);
                case RouterChange.RemoveMapping remove -> Stream.of(remove.old());
                case RouterChange.RemoveRecord remove -> Stream.of(remove.old());
            };
        }

        private void take(int number, Object entry) {
            String node = entry instanceof Mapping mapping ? Edge.node(mapping) : Edge.node((DnsRecord) entry);
            Object now = before.get(node);
            if (now != null && !now.equals(entry) && changes.stream().noneMatch(change -> isWanted(change, now))) {
                settled.put(number, new Outcome.Stale(entry + " now reads: " + now));
            }
            mappings.values().remove(entry);
            records.values().remove(entry);
        }

        private static boolean isWanted(RouterChange change, Object now) {
            return switch (change) {
                case RouterChange.PutMapping put -> put.wanted().equals(now);
                case RouterChange.PutRecord put -> put.wanted().equals(now);
                case RouterChange.RemoveMapping remove -> false;
                case RouterChange.RemoveRecord remove -> false;
            };
        }

        private void put(int number, RouterChange change) {
            switch (change) {
                case RouterChange.PutMapping put -> {
                    Mapping wanted = put.wanted();
                    Optional<String> way = mappings.values().stream()
                            .filter(other -> !other.equals(wanted))
                            .filter(other -> other.addressText().equals(wanted.addressText())
                                    || other.macText().equalsIgnoreCase(wanted.macText())
                                    || other.name().equalsIgnoreCase(wanted.name()))
                            .map(Mapping::toString)
                            .findFirst();
                    way.ifPresentOrElse(
                            other -> settled.put(number, new Outcome.Stale("in the way: " + other)),
                            () -> mappings.put(Edge.node(wanted), wanted));
                }
                case RouterChange.PutRecord put -> {
                    DnsRecord wanted = put.wanted();
                    Optional<String> way = records.values().stream()
                            .filter(other -> !other.equals(wanted))
                            .filter(other -> Stream.concat(Stream.of(wanted.name()), wanted.aliases().stream())
                                    .anyMatch(other::answersTo))
                            .map(DnsRecord::toString)
                            .findFirst();
                    way.ifPresentOrElse(
                            other -> settled.put(number, new Outcome.Stale("in the way: " + other)),
                            () -> records.put(Edge.node(wanted), wanted));
                }
                case RouterChange.RemoveMapping remove -> {}
                case RouterChange.RemoveRecord remove -> {}
            }
        }

        List<Edge.Edit> edits() {
            List<Edge.Edit> edits = new ArrayList<>();
            before.keySet().stream()
                    .filter(node -> !mappings.containsKey(node) && !records.containsKey(node))
                    .forEach(node -> edits.add(new Edge.Edit(node, null)));
            Stream.concat(mappings.entrySet().stream(), records.entrySet().stream())
                    .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                    .forEach(entry -> edits.add(new Edge.Edit(entry.getKey(), entry.getValue())));
            return edits;
        }

        List<Outcome> outcomes(Function<RouterChange, Outcome> otherwise) {
            List<Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < changes.size(); i++) {
                Outcome known = settled.get(i);
                outcomes.add(known == null ? otherwise.apply(changes.get(i)) : known);
            }
            return outcomes;
        }
    }
}
