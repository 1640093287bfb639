package net.berth.http.json;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.berth.engine.report.LeaseReport;
import net.berth.engine.report.NetworkReport;
import net.berth.engine.report.Seen;
import net.berth.model.Guest;
import net.berth.model.Network;
import net.berth.plan.address.AddressSpan;
import net.berth.plan.address.AddressState;

/** Networks with their addresses in the API, and the machines that the router sees on them. */
public final class NetworkJson {
    private static final Set<AddressState> UNAVAILABLE = Set.of(AddressState.DYNAMIC, AddressState.EXCLUDED);

    private NetworkJson() {}

    /** All networks; {@code asOf} is that of the network that was read first. */
    public static Fields all(List<NetworkReport> networks) {
        // The settings have at least one network.
        Instant oldest = networks.stream()
                .map(NetworkReport::asOf)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        return new Fields().each("items", networks, NetworkJson::of).time("asOf", oldest);
    }

    /** The size is the sum of used, excluded and free; excluded includes the router's dynamic range. */
    private static Fields of(NetworkReport report) {
        Network network = report.network();
        long free = report.count(AddressState.FREE);
        long excluded = report.count(UNAVAILABLE);
        Map<String, Long> states = new LinkedHashMap<>();
        Arrays.stream(AddressState.values()).forEach(state -> states.put(state.toString(), report.count(state)));
        Fields fields = new Fields().with("name", network.name()).with("bridge", network.bridge());
        return (network.vlan() == 0 ? fields.orNull("vlan", "") : fields.with("vlan", network.vlan()))
                .with("prefix", network.prefix())
                .orNull("gateway", network.gatewayText())
                .with("domain", network.domain())
                .orNull("dhcp", network.dhcp())
                .with("size", report.size())
                .with("used", report.size() - free - excluded)
                .with("free", free)
                .with("excluded", excluded)
                .with("states", states)
                .each("addresses", report.spans(), NetworkJson::span)
                .time("asOf", report.asOf());
    }

    /** Adjacent addresses with one state; an assigned or foreign address has an entry of its own, with from = to. */
    private static Fields span(AddressSpan span) {
        return new Fields()
                .with("from", span.range().first())
                .with("to", span.range().last())
                .with("state", span.state())
                .unlessEmpty("guest", span.guest())
                .unlessEmpty("nic", span.nic())
                .unlessEmpty("name", span.name())
                .unlessEmpty("note", span.note());
    }

    public static Fields leases(Seen<List<LeaseReport>> leases) {
        return new Fields().each("items", leases.value(), NetworkJson::lease).time("asOf", leases.at());
    }

    /** {@code expires} and {@code secondsLeft} are null for a machine without a lease or with an unknown end. */
    private static Fields lease(LeaseReport lease) {
        Fields fields = new Fields()
                .with("address", lease.address())
                .with("mac", lease.mac())
                .with("source", lease.source());
        boolean timed = !lease.expires().equals(Instant.MAX) && !lease.expires().equals(Instant.MIN);
        if (timed) {
            fields.with("expires", lease.expires())
                    .with("secondsLeft", lease.left().toSeconds());
        } else {
            fields.orNull("expires", "").orNull("secondsLeft", "");
        }
        return fields.orNull("network", lease.network())
                .orNull("client", lease.clientName())
                .with("guest", lease.guest().map(guest -> guest.id().toString()).orElse("unknown"))
                .orNull("name", lease.guest().map(Guest::name).orElse(""))
                .orNull("nic", lease.nic())
                .unlessEmpty("note", lease.note());
    }
}
