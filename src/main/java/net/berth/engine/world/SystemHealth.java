package net.berth.engine.world;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.berth.engine.port.Peer;
import net.berth.engine.report.Health.PeerHealth;

/** How the last calls to a system went. What was refused for one part of it stays until a call that needs the part succeeds. */
public final class SystemHealth {
    private final Peer peer;
    private final SortedMap<String, String> problems = new TreeMap<>();
    private Instant lastSuccess = Instant.EPOCH;

    SystemHealth(Peer peer) {
        this.peer = peer;
    }

    /** How a call changed the health. */
    public enum Transition {
        NONE,
        DOWN,
        UP
    }

    /** A call that needs a part was answered. */
    public synchronized Transition answered(String part, Instant now) {
        boolean before = problems.isEmpty();
        problems.keySet().removeAll(List.of("", part));
        lastSuccess = now;
        return !before && problems.isEmpty() ? Transition.UP : Transition.NONE;
    }

    /** A call failed; the part is empty when the system as a whole did not answer. */
    public synchronized Transition failed(String part, String problem) {
        boolean before = problems.isEmpty();
        problems.put(part, problem);
        return before ? Transition.DOWN : Transition.NONE;
    }

    /** The health now. */
    public synchronized PeerHealth state() {
        String text = problems.values().stream().distinct().collect(Collectors.joining("; "));
        return new PeerHealth(peer, problems.isEmpty(), lastSuccess, text);
    }
}
