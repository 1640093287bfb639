package net.berth.plan;

import java.util.Optional;
import net.berth.model.AddressRange;
import net.berth.model.NicId;

/**
 * Neighbouring addresses with one state; a bound or foreign address stands alone.
 *
 * @param range which addresses
 * @param state what becomes of them
 * @param owner the NIC that the address is bound to
 * @param name the owner's DNS name, else its name; empty when there is none
 * @param note what it is, or what uses it; empty when the state says all
 */
public record AddressSpan(AddressRange range, AddressState state, Optional<NicId> owner, String name, String note) {

    /** How many addresses. */
    public long size() {
        return range.last().number().subtract(range.first().number()).longValueExact() + 1;
    }
}
