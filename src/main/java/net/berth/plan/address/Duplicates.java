package net.berth.plan.address;

import java.util.List;
import java.util.Optional;
import net.berth.model.Guest;
import net.berth.model.IpAddress;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;
import net.berth.plan.RowIndex;

/** Finds whose addresses a guest's config would bring up. */
public final class Duplicates {
    private Duplicates() {}

    /** The NICs of other guests whose bound addresses are fixed addresses in this guest's config, where it takes effect. */
    public static List<NicId> owners(Guest guest, RowIndex rows) {
        if (!guest.takesAddress()) {
            return List.of();
        }
        return guest.nics().stream()
                .filter(nic -> nic.config() instanceof NicConfig.Static)
                .map(nic -> ((NicConfig.Static) nic.config()).address().address())
                .flatMap(address -> owner(address, rows).stream())
                .filter(owner -> !owner.guest().equals(guest.id()))
                .toList();
    }

    private static Optional<NicId> owner(IpAddress address, RowIndex rows) {
        return rows.at(address).filter(row -> !row.quarantined()).flatMap(AddressRow::nic);
    }
}
