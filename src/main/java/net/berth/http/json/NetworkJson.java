package net.berth.http.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.berth.engine.report.NetworkReport;
import net.berth.model.Network;
import net.berth.plan.address.AddressSpan;
import net.berth.plan.address.AddressState;
import org.jspecify.annotations.Nullable;

/**
 * A network in the API.
 *
 * @param vlan null when untagged
 * @param dhcp the router's shared network; null when Berth writes nothing to the router for it
 * @param size all its addresses; the sum of used, excluded and free
 * @param used assigned to guests, in quarantine, or foreign
 * @param excluded never assigned by Berth; includes the router's dynamic range
 * @param states how many addresses have each state
 * @param addresses all addresses, each once, in their order
 * @param asOf when the systems were read for it
 */
public record NetworkJson(
        String name,
        String bridge,
        @Nullable Integer vlan,
        String prefix,
        String gateway,
        String domain,
        @Nullable String dhcp,
        long size,
        long used,
        long free,
        long excluded,
        Map<String, Long> states,
        List<SpanJson> addresses,
        String asOf) {

    private static final Set<AddressState> UNAVAILABLE = Set.of(AddressState.DYNAMIC, AddressState.EXCLUDED);

    /** Adjacent addresses with one state; an assigned or foreign address has an entry of its own, with from = to. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record SpanJson(
            String from,
            String to,
            String state,
            @Nullable String guest,
            @Nullable String nic,
            String name,
            String note) {

        static SpanJson of(AddressSpan span) {
            return new SpanJson(
                    span.range().first().toString(),
                    span.range().last().toString(),
                    span.state().toString(),
                    Texts.orNull(span.guest()),
                    Texts.orNull(span.nic()),
                    span.name(),
                    span.note());
        }
    }

    /**
     * All networks.
     *
     * @param asOf when the systems were read for the network that was read first
     */
    public record Items(List<NetworkJson> items, String asOf) {
        public static Items of(List<NetworkReport> networks) {
            // The settings have at least one network.
            Instant oldest = networks.stream()
                    .map(NetworkReport::asOf)
                    .min(Comparator.naturalOrder())
                    .orElse(Instant.EPOCH);
            return new Items(networks.stream().map(NetworkJson::of).toList(), Texts.time(oldest));
        }
    }

    public static NetworkJson of(NetworkReport report) {
        Network network = report.network();
        long free = report.count(AddressState.FREE);
        long excluded = report.count(UNAVAILABLE);
        Map<String, Long> states = new LinkedHashMap<>();
        Arrays.stream(AddressState.values()).forEach(state -> states.put(state.toString(), report.count(state)));
        return new NetworkJson(
                network.name(),
                network.bridge(),
                network.vlan() == 0 ? null : network.vlan(),
                network.prefix().toString(),
                network.gateway().toString(),
                network.domain(),
                Texts.orNull(network.dhcp()),
                report.size(),
                report.size() - free - excluded,
                free,
                excluded,
                states,
                report.spans().stream().map(SpanJson::of).toList(),
                Texts.time(report.asOf()));
    }
}
