package net.berth.engine.status;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.berth.engine.port.Peer;
import net.berth.engine.report.GuestReport;
import net.berth.engine.world.GuestRecord;
import net.berth.engine.world.World;
import net.berth.model.Network;
import net.berth.plan.Conflict;
import net.berth.plan.ConflictCode;
import net.berth.plan.address.AddressState;
import net.berth.plan.view.GuestState;

/**
 * The state of guests, conflicts, networks and systems as gauges. They read the world, so that a scrape asks no system;
 * every gauge exists from the start, so that an alert finds a zero and not a gap.
 */
public record StatusGauges(MeterRegistry meters, World world) {

    /** Registers all gauges. */
    public void register(List<Network> networks) {
        for (GuestState state : GuestState.values()) {
            gauge("berth.guests", "Guests by state", () -> guests(state), "state", state.toString());
        }
        for (ConflictCode code : ConflictCode.values()) {
            gauge("berth.conflicts", "Conflicts by code", () -> conflicts(code), "code", code.name());
        }
        networks.forEach(this::network);
        gauge(
                "berth.pass.gaps",
                "What the last full pass could not read; it releases nothing then",
                () -> world.pass().compared().gaps().size());
        for (Peer peer : Peer.values()) {
            system(peer);
        }
        gauge(
                "berth.last.pass.timestamp.seconds",
                "When the last full pass ended; 0 before the first",
                () -> seconds(world.pass().ended()));
    }

    private void network(Network network) {
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

    private void system(Peer peer) {
        gauge(
                "berth.peer.up",
                "Whether the last call to a system succeeded",
                () -> world.health(peer).state().up() ? 1 : 0,
                "peer",
                peer.word());
        gauge(
                "berth.peer.last.success.timestamp.seconds",
                "When a call to a system last succeeded; 0 before the first",
                () -> seconds(world.health(peer).state().lastSuccess()),
                "peer",
                peer.word());
    }

    private Stream<GuestReport> reports() {
        return world.guests().stream()
                .filter(record -> record.absences() == 0)
                .map(GuestRecord::report)
                .flatMap(report -> report.stream());
    }

    private long guests(GuestState state) {
        return reports().filter(report -> report.state() == state).count();
    }

    private long conflicts(ConflictCode code) {
        return Stream.concat(
                        reports().flatMap(report -> report.conflicts().stream()),
                        world.pass().compared().conflicts().stream())
                .map(Conflict::code)
                .filter(one -> one == code)
                .count();
    }

    /** Not a number before the first pass. */
    private Number addresses(String network, AddressState state) {
        var report = world.pass().networks().get(network);
        return report == null ? Double.NaN : report.count(state);
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
}
