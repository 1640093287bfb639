package net.berth.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import net.berth.engine.Health.PeerHealth;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;

/** Counts and times every call to an outside system, and remembers how its last one went. */
final class PeerWatch {
    private static final Set<String> ONE_GUEST = Set.of("read", "presence", "history", "write", "image");

    /** From a quick read to a commit that takes its time. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5)
    };

    private final Clock clock;
    private final MeterRegistry meters;
    private final EventLog events;
    private final Map<Peer, State> states = new ConcurrentHashMap<>();

    PeerWatch(Clock clock, MeterRegistry meters, EventLog events) {
        this.clock = clock;
        this.meters = meters;
        this.events = events;
    }

    <T> T call(Peer peer, String operation, Supplier<T> call) {
        return call(peer, operation, "", call);
    }

    /**
     * @param part what of the system the call needs beside the system itself; what is refused there is told until a call
     *     that needs the same part succeeds
     */
    <T> T call(Peer peer, String operation, String part, Supplier<T> call) {
        Instant start = clock.instant();
        try {
            T answer = call.get();
            answered(peer, part);
            count(peer, operation, "ok", start);
            return answer;
        } catch (PeerException failure) {
            if (!concernsOneGuest(operation, failure)) {
                failed(peer, failure.kind() == PeerException.Kind.REFUSED ? part : "", message(failure));
            }
            count(peer, operation, Tally.word(failure.kind()), start);
            throw failure;
        }
    }

    private void answered(Peer peer, String part) {
        change(peer, before -> before.answered(part, clock.instant()));
    }

    private void failed(Peer peer, String part, String problem) {
        change(peer, before -> before.failed(part, problem));
    }

    private void change(Peer peer, UnaryOperator<State> change) {
        states.compute(peer, (key, before) -> {
            State known = before == null ? State.FRESH : before;
            State after = change.apply(known);
            // Told inside, so that of many calls that fail at once only one is told of.
            if (known.up() && !after.up()) {
                events.add(new Event.SystemDown(peer, after.problem()));
            } else if (!known.up() && after.up()) {
                events.add(new Event.SystemUp(peer));
            }
            return after;
        });
    }

    /**
     * How a system is.
     *
     * @param problems by the part that they concern
     */
    private record State(Instant lastSuccess, SortedMap<String, String> problems) {
        static final State FRESH = new State(Instant.EPOCH, new TreeMap<>());

        /** Whatever answers is not down; but what it refuses elsewhere stays. */
        State answered(String part, Instant now) {
            if (problems.isEmpty()) {
                return new State(now, problems);
            }
            SortedMap<String, String> left = new TreeMap<>(problems);
            left.keySet().removeAll(List.of("", part));
            return new State(now, left);
        }

        State failed(String part, String problem) {
            SortedMap<String, String> more = new TreeMap<>(problems);
            more.put(part, problem);
            return new State(lastSuccess, more);
        }

        boolean up() {
            return problems.isEmpty();
        }

        String problem() {
            return problems.values().stream().distinct().collect(Collectors.joining("; "));
        }
    }

    private void count(Peer peer, String operation, String outcome, Instant start) {
        Timer.builder("berth.peer.calls")
                .description("Calls to the systems behind Berth")
                .serviceLevelObjectives(BUCKETS)
                .tags("peer", peer.word(), "operation", operation, "outcome", outcome)
                .register(meters)
                .record(Duration.between(start, clock.instant()));
    }

    /** A right that is missing on one guest says nothing about the system; the guest's own report tells it. */
    private static boolean concernsOneGuest(String operation, PeerException failure) {
        return failure.kind() == PeerException.Kind.REFUSED && ONE_GUEST.contains(operation);
    }

    private static String message(PeerException failure) {
        return String.valueOf(failure.getMessage());
    }

    List<PeerHealth> health() {
        return Arrays.stream(Peer.values())
                .map(peer -> {
                    State state = states.getOrDefault(peer, State.FRESH);
                    return new PeerHealth(peer, state.up(), state.lastSuccess(), state.problem());
                })
                .toList();
    }
}
