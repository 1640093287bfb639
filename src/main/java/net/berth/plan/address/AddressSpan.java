package net.berth.plan.address;

import net.berth.model.AddressRange;

/**
 * Neighbouring addresses with one state; a bound or foreign address is a span of its own.
 *
 * @param guest the guest that the address is bound to, such as {@code home/qemu/101}; empty when none is
 * @param nic its NIC, such as {@code net0}; empty when none is
 * @param name the owner's DNS name, else its name; empty when there is none
 * @param note what it is, or what uses it; empty when the state says all
 */
public record AddressSpan(AddressRange range, AddressState state, String guest, String nic, String name, String note) {

    /** How many addresses. */
    public long size() {
        return range.size();
    }
}
