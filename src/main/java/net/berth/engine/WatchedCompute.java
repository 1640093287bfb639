package net.berth.engine;

import java.util.List;
import java.util.Optional;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Peer;
import net.berth.model.AddressWrite;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.Inventory;
import net.berth.model.LiveAddress;

/** A {@link Compute} whose calls are watched. */
record WatchedCompute(Compute target, PeerWatch watch) implements Compute {
    @Override
    public Inventory inventory() {
        return watch.call(Peer.PROXMOX, "inventory", target::inventory);
    }

    @Override
    public Optional<Guest> read(Inventory.Entry entry) {
        return watch.call(Peer.PROXMOX, "read", () -> target.read(entry));
    }

    @Override
    public Presence presence(GuestId guest, String lastNode) {
        return watch.call(Peer.PROXMOX, "presence", () -> target.presence(guest, lastNode));
    }

    @Override
    public History history(Guest guest) {
        return watch.call(Peer.PROXMOX, "history", () -> target.history(guest));
    }

    /** Not watched: an agent that is silent says nothing about Proxmox. */
    @Override
    public List<LiveAddress> live(Guest guest) {
        return target.live(guest);
    }

    @Override
    public WriteResult write(AddressWrite write) {
        return watch.call(Peer.PROXMOX, "write", () -> target.write(write));
    }

    @Override
    public WriteResult regenerateImage(Guest guest) {
        return watch.call(Peer.PROXMOX, "image", () -> target.regenerateImage(guest));
    }

    @Override
    public void check() {
        watch.call(Peer.PROXMOX, "check", () -> {
            target.check();
            return "";
        });
    }
}
