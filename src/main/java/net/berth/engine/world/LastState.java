package net.berth.engine.world;

import java.util.List;
import net.berth.plan.Conflict;

/**
 * The state in which a guest was last reported as an event.
 *
 * @param self the guest's name and NICs, as one text: what an operator changes on purpose
 * @param settled whether all systems held what they should
 * @param addresses the guest's addresses
 * @param conflicts the guest's conflicts
 */
public record LastState(String self, boolean settled, List<String> addresses, List<Conflict> conflicts) {

    /** Copies the lists. */
    public LastState {
        addresses = List.copyOf(addresses);
        conflicts = List.copyOf(conflicts);
    }
}
