package net.berth.engine.status;

import java.util.List;
import java.util.Optional;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Peer;
import net.berth.model.AddressWrite;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.Inventory;
import net.berth.model.LiveAddress;

/** A {@link Compute} whose calls are counted, timed and noted in the health. */
public record MonitoredCompute(Compute target, CallMonitor monitor) implements Compute {
    @Override
    public Inventory inventory() {
        return monitor.call(Peer.PROXMOX, "inventory", target::inventory);
    }

    @Override
    public Optional<Guest> read(Inventory.Entry entry) {
        return monitor.call(Peer.PROXMOX, "read", () -> target.read(entry));
    }

    @Override
    public Optional<Inventory.Entry> status(Inventory.Entry entry) {
        return monitor.call(Peer.PROXMOX, "status", () -> target.status(entry));
    }

    @Override
    public Presence presence(GuestId guest, String lastNode) {
        return monitor.call(Peer.PROXMOX, "presence", () -> target.presence(guest, lastNode));
    }

    @Override
    public History history(Guest guest) {
        return monitor.call(Peer.PROXMOX, "history", () -> target.history(guest));
    }

    /** Not monitored: an agent that is silent says nothing about Proxmox. */
    @Override
    public List<LiveAddress> live(Guest guest) {
        return target.live(guest);
    }

    @Override
    public WriteResult write(AddressWrite write) {
        return monitor.call(Peer.PROXMOX, "write", () -> target.write(write));
    }

    @Override
    public WriteResult regenerateImage(Guest guest) {
        return monitor.call(Peer.PROXMOX, "image", () -> target.regenerateImage(guest));
    }
}
