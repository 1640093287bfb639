package net.berth.engine;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import net.berth.engine.Health.PeerHealth;

/** Counts and times every call to an outside system, and remembers how its last one went. */
final class PeerWatch {
    private static final Set<String> ONE_GUEST = Set.of("read", "presence", "history", "write", "image");

    private final Clock clock;
    private final MeterRegistry meters;
    private final EventLog events;
    private final Map<Peer, PeerHealth> health = new ConcurrentHashMap<>();

    PeerWatch(Clock clock, MeterRegistry meters, EventLog events) {
        this.clock = clock;
        this.meters = meters;
        this.events = events;
        Arrays.stream(Peer.values()).forEach(peer -> health.put(peer, new PeerHealth(peer, true, Instant.EPOCH, "")));
    }

    <T> T call(Peer peer, String operation, Supplier<T> call) {
        Instant start = clock.instant();
        try {
            T answer = call.get();
            answered(peer);
            count(peer, operation, "ok", start);
            return answer;
        } catch (PeerException failure) {
            if (!concernsOneGuest(operation, failure)) {
                failed(peer, message(failure));
            }
            count(peer, operation, failure.kind().name(), start);
            throw failure;
        }
    }

    private void answered(Peer peer) {
        PeerHealth before = health.put(peer, new PeerHealth(peer, true, clock.instant(), ""));
        if (before != null && !before.up()) {
            events.add(new Event.SystemUp(peer));
        }
    }

    private void failed(Peer peer, String problem) {
        health.compute(peer, (key, last) -> {
            // Told inside, so that of many calls that fail at once only one is told of.
            if (last == null || last.up()) {
                events.add(new Event.SystemDown(peer, problem));
            }
            return new PeerHealth(peer, false, last == null ? Instant.EPOCH : last.lastSuccess(), problem);
        });
    }

    private void count(Peer peer, String operation, String outcome, Instant start) {
        meters.timer("berth.peer.calls", "peer", peer.name(), "operation", operation, "outcome", outcome)
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
                .map(peer -> health.getOrDefault(peer, new PeerHealth(peer, true, Instant.EPOCH, "")))
                .toList();
    }
}
