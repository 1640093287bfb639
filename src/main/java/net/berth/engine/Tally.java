package net.berth.engine;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import net.berth.engine.Health.PeerHealth;
import net.berth.engine.port.Peer;
import net.berth.model.Network;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.address.AddressState;
import net.berth.plan.view.GuestState;

/**
 * How things stand, as gauges. Fed by what runs and passes have found anyway, so that a scrape asks nobody and counts
 * nothing anew; every gauge is there from the start, so that an alert finds a zero and not a gap.
 */
final class Tally {
    private final MeterRegistry meters;
    private final Map<Integer, Standing> guests = new ConcurrentHashMap<>();
    private final Map<String, NetworkReport> networks = new ConcurrentHashMap<>();
    private volatile List<Conflict> others = List.of();
    private volatile int gaps;

    private record Standing(GuestState state, List<ConflictCode> conflicts) {
        static Standing of(GuestReport report) {
            return new Standing(report.state(), codes(report.conflicts()));
        }
    }

    Tally(MeterRegistry meters, List<Network> networks) {
        this.meters = meters;
        for (GuestState state : GuestState.values()) {
            gauge("berth.guests", "Guests by state", () -> guests(state), "state", state.toString());
        }
        for (ConflictCode code : ConflictCode.values()) {
            gauge("berth.conflicts", "Conflicts by code", () -> conflicts(code), "code", code.name());
        }
        for (Network network : networks) {
            for (AddressState state : AddressState.values()) {
                gauge(
                        "berth.addresses",
                        "Addresses of a network by what becomes of them",
                        () -> addresses(network.name(), state),
                        "network",
                        network.name(),
                        "state",
                        state.toString());
            }
        }
        gauge("berth.pass.gaps", "What the last full pass could not read; it releases nothing then", () -> gaps);
    }

    /** Shows how the systems answer and when the last full pass ended. */
    void follow(Supplier<List<PeerHealth>> health, Supplier<Instant> lastPass) {
        for (Peer peer : Peer.values()) {
            gauge(
                    "berth.peer.up",
                    "Whether the last call to a system succeeded",
                    () -> of(peer, health).up() ? 1 : 0,
                    "peer",
                    peer.word());
            gauge(
                    "berth.peer.last.success.timestamp.seconds",
                    "When a call to a system last succeeded; 0 before the first",
                    () -> seconds(of(peer, health).lastSuccess()),
                    "peer",
                    peer.word());
        }
        gauge(
                "berth.last.pass.timestamp.seconds",
                "When the last full pass ended; 0 before the first",
                () -> seconds(lastPass.get()));
    }

    /** After a run for the guest. */
    void guest(GuestReport report) {
        guests.merge(
                report.guest().id().vmid(), Standing.of(report), (before, now) -> before.equals(now) ? before : now);
    }

    /** The guest is gone. */
    void gone(int vmid) {
        guests.remove(vmid);
    }

    /** A full pass has seen everything. */
    void pass(PassReport report, List<NetworkReport> seen) {
        guests.keySet()
                .retainAll(report.guests().stream()
                        .map(guest -> guest.guest().id().vmid())
                        .toList());
        report.guests().forEach(this::guest);
        seen.forEach(network -> networks.put(network.network().name(), network));
        others = report.conflicts();
        gaps = report.gaps().size();
    }

    private long guests(GuestState state) {
        return guests.values().stream().filter(one -> one.state() == state).count();
    }

    private long conflicts(ConflictCode code) {
        return guests.values().stream()
                        .map(Standing::conflicts)
                        .flatMap(Collection::stream)
                        .filter(one -> one == code)
                        .count()
                + codes(others).stream().filter(one -> one == code).count();
    }

    private static List<ConflictCode> codes(List<Conflict> conflicts) {
        return conflicts.stream().map(Conflict::code).toList();
    }

    /** Nothing is known of a network before the first pass: not a number. */
    private Number addresses(String network, AddressState state) {
        NetworkReport report = networks.get(network);
        return report == null ? Double.NaN : report.count(state);
    }

    private static PeerHealth of(Peer peer, Supplier<List<PeerHealth>> health) {
        return health.get().stream()
                .filter(one -> one.peer() == peer)
                .findFirst()
                .orElseThrow();
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }

    private void gauge(String name, String description, Supplier<Number> value, String... tags) {
        Gauge.builder(name, value)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(meters);
    }

    /** A word of an enum as a label's value. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
