package net.berth.sim;

import net.berth.model.GuestType;
import net.berth.model.Nic;
import net.berth.model.NicId;
import net.berth.model.row.AddressRow;
import net.berth.model.row.RowAttributes;

/** Whose a row is by the truth. */
final class Binds {
    private Binds() {}

    /** Whether a row binds a guest's NIC: its own number, network and machine. */
    static boolean binds(Scene scene, Vm vm, NicId id, AddressRow row) {
        Nic nic = vm.nics.get(id.index());
        return vm.hook
                && nic != null
                && scene.network(nic).prefix().contains(row.address())
                && !(differs(row.avp(RowAttributes.MAC), nic.mac().text())
                        && (differs(row.avp(RowAttributes.UUID), vm.uuid)
                                || (vm.id.type() == GuestType.LXC
                                        && (row.quarantined() || differs(row.node(), vm.name)))));
    }

    private static boolean differs(String noted, String now) {
        return !noted.isEmpty() && !now.isEmpty() && !noted.equalsIgnoreCase(now);
    }
}
