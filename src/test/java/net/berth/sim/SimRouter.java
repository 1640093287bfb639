package net.berth.sim;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.inmemory.RouterEdits;
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
        RouterEdits edits = new RouterEdits(look.view(), changes);
        while (!edits.edits().isEmpty() && !commit(shell, edits.edits(), look.state())) {
            if (kernel.now() > until) {
                Outcome later = new Outcome.Busy("another commit in progress");
                return new Applied(
                        changes,
                        edits.outcomes(change -> later),
                        look(shell, "read after").view(),
                        0);
            }
            kernel.sleep(life, 1000);
            look = look(shell, "read again");
            edits = new RouterEdits(look.view(), changes);
        }
        if (edits.edits().isEmpty()) {
            return new Applied(changes, edits.outcomes(look.view()), look.view(), 0);
        }
        RouterView after = look(shell, "read after").view();
        wire.call(life, Peer.ROUTER, "save", () -> {
            serve(shell);
            return "";
        });
        return new Applied(changes, edits.outcomes(after), after, 1);
    }

    /** False while another commit holds the router's own lock, or when the config is not as it was read. */
    private boolean commit(Edge.Shell shell, List<RouterEdits.Edit> edits, int state) {
        return wire.call(life, Peer.ROUTER, "commit " + edits, () -> {
            serve(shell);
            if (edge.locked(kernel.now()) || edge.state() != state) {
                return false;
            }
            // Subtrees are committed one by one, and a bad one leaves the good ones in force.
            boolean cut = !faults.quiet() && kernel.chance(40) == 0;
            List<RouterEdits.Edit> done = cut ? edits.subList(0, kernel.chance(edits.size() + 1)) : edits;
            edge.commit(shell, done, kernel.now());
            return true;
        });
    }
}
