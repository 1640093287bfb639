package net.berth.plan.address;

import java.util.List;
import java.util.Optional;
import net.berth.model.IpAddress;
import net.berth.model.row.AddressRow;

/** Which address a NIC is bound to, or will be by this plan. */
public sealed interface Binding {

    /** The address; empty when a human must decide first. */
    default Optional<IpAddress> bound() {
        return switch (this) {
            case Kept kept -> Optional.of(kept.row.address());
            case Adopted adopted -> Optional.of(adopted.row.address());
            case New fresh -> Optional.of(fresh.address);
            case Blocked blocked -> Optional.empty();
        };
    }

    /** The row before this plan; empty when the NIC has none yet. */
    default Optional<AddressRow> existing() {
        return switch (this) {
            case Kept kept -> Optional.of(kept.row);
            case Adopted adopted -> Optional.of(adopted.row);
            case New fresh -> Optional.empty();
            case Blocked blocked -> Optional.empty();
        };
    }

    /**
     * The NIC has a row.
     *
     * @param surplus further rows of this NIC, which are released
     */
    record Kept(AddressRow row, List<AddressRow> surplus) implements Binding {}

    /**
     * A human's row becomes the NIC's.
     *
     * @param before rows that the NIC has until then, which are released
     */
    record Adopted(AddressRow row, List<AddressRow> before) implements Binding {}

    /**
     * A row is made.
     *
     * @param why how the address was chosen
     */
    record New(IpAddress address, String why) implements Binding {}

    /** Nothing is done; the conflict is added. */
    record Blocked() implements Binding {}
}
