package net.berth.plan;

import java.util.List;
import java.util.function.UnaryOperator;
import net.berth.model.AddressWrite;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;

/** Copies of a guest with something changed. */
final class GuestEdits {
    private GuestEdits() {}

    static Guest named(Guest guest, String name) {
        return copy(guest, name, guest.nics());
    }

    /** The same machine, disk, MACs and all, under another number. */
    static Guest numbered(Guest guest, int vmid) {
        GuestId id = new GuestId(guest.id().cluster(), guest.id().type(), vmid);
        List<Nic> nics = guest.nics().stream()
                .map(nic -> new Nic(new NicId(id, nic.id().index()), nic.mac(), nic.bridge(), nic.vlan(), nic.config()))
                .toList();
        return new Guest(
                id,
                guest.name(),
                guest.node(),
                guest.status(),
                guest.uptime(),
                guest.template(),
                guest.lock(),
                guest.uuid(),
                guest.cloudInit(),
                guest.hookscript(),
                guest.tags(),
                nics);
    }

    static Guest withNics(Guest guest, List<Nic> nics) {
        return copy(guest, guest.name(), nics);
    }

    static Guest eachNic(Guest guest, UnaryOperator<Nic> change) {
        return withNics(guest, guest.nics().stream().map(change).toList());
    }

    static Guest addressed(Guest guest, AddressWrite write) {
        NicConfig config = new NicConfig.Static(write.address(), write.gateway().toString());
        return eachNic(
                guest,
                nic -> nic.id().equals(write.nic())
                        ? new Nic(nic.id(), nic.mac(), nic.bridge(), nic.vlan(), config)
                        : nic);
    }

    private static Guest copy(Guest guest, String name, List<Nic> nics) {
        return new Guest(
                guest.id(),
                name,
                guest.node(),
                guest.status(),
                guest.uptime(),
                guest.template(),
                guest.lock(),
                guest.uuid(),
                guest.cloudInit(),
                guest.hookscript(),
                guest.tags(),
                nics);
    }
}
