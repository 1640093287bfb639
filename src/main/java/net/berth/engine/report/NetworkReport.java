package net.berth.engine.report;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.berth.model.Network;
import net.berth.plan.address.AddressSpan;
import net.berth.plan.address.AddressState;

/**
 * One network and what becomes of its addresses.
 *
 * @param asOf when the systems were read for it
 */
public record NetworkReport(Network network, List<AddressSpan> spans, Instant asOf) {

    /** Copies the list. */
    public NetworkReport {
        spans = List.copyOf(spans);
    }

    /** How many addresses have a state. */
    public long count(AddressState state) {
        return spans.stream()
                .filter(span -> span.state() == state)
                .mapToLong(AddressSpan::size)
                .sum();
    }

    /** How many addresses have one of these states. */
    public long count(Set<AddressState> states) {
        return states.stream().mapToLong(this::count).sum();
    }

    /** How many addresses the network has. */
    public long size() {
        return spans.stream().mapToLong(AddressSpan::size).sum();
    }
}
