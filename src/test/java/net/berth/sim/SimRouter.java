package net.berth.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.berth.engine.port.Peer;
import net.berth.engine.port.Router;
import net.berth.model.router.DnsRecord;
import net.berth.model.router.Mapping;
import net.berth.model.router.RouterChange;
import net.berth.model.router.RouterView;

/** One receiver's way to the router: look, compare, commit, look again, save, each a call of its own. */
final class SimRouter implements Router {
    private static final int BLIND = -1;
    private static final long LONGEST_LOCK = 60_000;

    private final Edge edge;
    private final Wire wire;
    private final Kernel kernel;
    private final Faults faults;
    private final Life life;
    private int seen;
    /** Whether all of the last commit came into force: what a cut one left clashing is the next plan's to mend. */
    private boolean whole;

    private boolean overtaken;

    SimRouter(Edge edge, Wire wire, Kernel kernel, Faults faults, Life life) {
        this.edge = edge;
        this.wire = wire;
        this.kernel = kernel;
        this.faults = faults;
        this.life = life;
    }

    @Override
    public RouterView read() {
        return look("read the router");
    }

    private RouterView look(String what) {
        return wire.call(life, Peer.ROUTER, what, () -> {
            seen = edge.commits();
            return edge.view();
        });
    }

    @Override
    public Applied apply(Batch batch) {
        edge.session(life, true);
        try {
            List<RouterChange> changes = batch.changes(look("read under the lock"));
            if (changes.isEmpty()) {
                return new Applied(changes, List.of(), edge.view(), 0);
            }
            Applied applied = batch(changes);
            if (kernel.chance(3) == 0) {
                tellEarly(applied, batch);
            }
            return applied;
        } finally {
            edge.session(life, false);
        }
    }

    /** What was taken back along with a change that others had overtaken goes again by itself. */
    private Applied batch(List<RouterChange> changes) {
        Map<Integer, Outcome> outcomes = new TreeMap<>();
        List<Integer> open = IntStream.range(0, changes.size()).boxed().toList();
        int commits = 0;
        Applied last;
        do {
            last = inSession(open.stream().map(changes::get).toList());
            commits += last.commits();
            List<Integer> again = new ArrayList<>();
            for (int i = 0; i < open.size(); i++) {
                outcomes.put(open.get(i), last.outcomes().get(i));
                if (overtaken && last.outcomes().get(i) instanceof Outcome.Later) {
                    again.add(open.get(i));
                }
            }
            open = again.size() < open.size() ? again : List.of();
        } while (!open.isEmpty());
        return new Applied(changes, List.copyOf(outcomes.values()), last.after(), commits);
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

    /** After each wait for the lock the config is looked at anew, and what was sent is planned anew. */
    private Applied inSession(List<RouterChange> changes) {
        overtaken = false;
        long until = kernel.now() + LONGEST_LOCK;
        Sketch sketch = new Sketch(look("begin and read"), changes);
        while (!sketch.edits().isEmpty() && !commit(sketch.edits())) {
            if (kernel.now() > until) {
                Outcome later = new Outcome.Later("another commit in progress");
                return new Applied(changes, sketch.outcomes(change -> later), look("read after"), 0);
            }
            kernel.sleep(life, 1000);
            sketch = new Sketch(look("read again"), changes);
        }
        boolean changed = !sketch.edits().isEmpty();
        RouterView after = look("read after");
        Sketch rest = new Sketch(after, changes);
        List<Edge.Edit> first = sketch.edits();
        boolean wholly = whole;
        while (changed && rest.removesOnly(sketch)) {
            // What others put at the same moment and these changes replace.
            while (!commit(rest.edits())) {
                if (kernel.now() > until) {
                    Outcome later = new Outcome.Later("another commit in progress");
                    return new Applied(changes, rest.outcomes(change -> later), after, 1);
                }
                kernel.sleep(life, 1000);
            }
            wholly = false;
            sketch = rest;
            after = look("read after");
            rest = new Sketch(after, changes);
        }
        overtaken = changed && !sketch.settled.keySet().containsAll(rest.settled.keySet());
        if (overtaken) {
            after = takenBack(sketch, after);
        }
        if (changed) {
            wire.call(life, Peer.ROUTER, "save", () -> "");
        }
        if (!overtaken || (wholly && whole)) {
            edge.judgeSession(first, seen);
        }
        RouterView end = after;
        return new Applied(
                changes, (overtaken ? rest : sketch).outcomes(change -> outcome(end, change)), after, changed ? 1 : 0);
    }

    private static Outcome outcome(RouterView after, RouterChange change) {
        return stands(after, change) ? new Outcome.Done() : new Outcome.Later("the commit was cut short");
    }

    /** Another session's commit came in between: what clashes with it goes again, as far as it still reads as sent. */
    private RouterView takenBack(Sketch sketch, RouterView after) {
        List<Edge.Edit> back = sketch.edits().stream()
                .filter(edit -> edit.after() != null
                        && (after.mappings().contains(edit.after())
                                || after.records().contains(edit.after())))
                .map(edit -> new Edge.Edit(edit.node(), sketch.before.get(edit.node())))
                .toList();
        long until = kernel.now() + LONGEST_LOCK;
        // What stood there before stands there again, whatever came meanwhile.
        seen = BLIND;
        while (!back.isEmpty() && !commit(back) && kernel.now() < until) {
            kernel.sleep(life, 1000);
        }
        return look("read what was taken back");
    }

    /** False while another commit holds the lock. */
    private boolean commit(List<Edge.Edit> edits) {
        return wire.call(life, Peer.ROUTER, "commit " + edits, () -> {
            if (edge.locked(kernel.now())) {
                return false;
            }
            // Subtrees are committed one by one, and a bad one leaves the good ones in force.
            boolean cut = !faults.quiet() && kernel.chance(40) == 0;
            List<Edge.Edit> done = cut ? edits.subList(0, kernel.chance(edits.size() + 1)) : edits;
            whole = done.size() == edits.size();
            edge.commit(life, done, seen, kernel.now());
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

        /** Whether nothing but removals is left, none of which was sent already. */
        boolean removesOnly(Sketch sent) {
            List<Edge.Edit> left = edits();
            return !left.isEmpty()
                    && left.stream().allMatch(edit -> edit.after() == null)
                    && left.stream().noneMatch(sent.edits()::contains);
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
