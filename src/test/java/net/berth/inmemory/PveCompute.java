package net.berth.inmemory;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.model.AddressWrite;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.Inventory;
import net.berth.model.Nic;
import net.berth.plan.GuestEdits;

/** One receiver's way to a Proxmox cluster, in calls between which others change it. */
public abstract class PveCompute implements Compute {

    /** A cluster: its guests as they are, and what it says of them. */
    public interface State {
        Optional<Guest> guest(GuestId id);

        /** Whether something else has a guest's config locked, such as its start. */
        boolean busy(GuestId id);

        /** What the list says of the guests, which may be old. */
        List<Inventory.Entry> list();

        /** Why the list may not be whole; empty when it is. */
        String gap();

        void configure(AddressWrite write);

        /** Whether a request reaches the config of a guest on a node. */
        default boolean reachable(GuestId id, String node) {
            return true;
        }

        /** A receiver is about to see a guest, or that it is not there. */
        default void look(GuestId id) {}

        /** A request is meant to change something. */
        default void asked() {}
    }

    protected abstract State pve();

    /** Sends one request. */
    protected abstract <T> T call(String what, Supplier<T> effect);

    /** Lets Proxmox wait for the lock of a config. */
    protected void await(GuestId id) {}

    @Override
    public Inventory inventory() {
        String before = call("nodes", pve()::gap);
        return call("list of guests", () -> list(before));
    }

    /** The list, with what was said of the nodes before it was made. */
    protected final Inventory list(String before) {
        String gap = before.isEmpty() ? pve().gap() : before;
        List<Inventory.Entry> guests = pve().list();
        return new Inventory(guests, guests.isEmpty() && gap.isEmpty() ? "no guest is visible" : gap);
    }

    /** What a list says of a guest, if it is not old. */
    public static Inventory.Entry entry(Guest guest) {
        return new Inventory.Entry(
                guest.id(), guest.node(), guest.name(), guest.status(), guest.lock(), guest.uptime());
    }

    /** The status is as old as the entry. */
    @Override
    public Optional<Guest> read(Inventory.Entry entry) {
        return call("config of " + entry.id(), () -> {
            pve().look(entry.id());
            return on(entry.node(), entry.id())
                    .map(this::answered)
                    .map(guest -> GuestEdits.inState(guest, entry.status(), entry.uptime()));
        });
    }

    /** What is answered about a guest, which may not be as it is. */
    protected Guest answered(Guest guest) {
        return guest;
    }

    @Override
    public final Optional<Inventory.Entry> status(Inventory.Entry entry) {
        return call("status of " + entry.id(), () -> {
            pve().look(entry.id());
            return on(entry.node(), entry.id()).map(PveCompute::entry);
        });
    }

    private Optional<Guest> on(String node, GuestId id) {
        if (!pve().reachable(id, node)) {
            throw new PeerException(Peer.PROXMOX, PeerException.Kind.REFUSED, "no right or no node for " + id);
        }
        return pve().guest(id).filter(guest -> guest.node().equals(node));
    }

    @Override
    public final WriteResult write(AddressWrite write) {
        GuestId id = write.nic().guest();
        Optional<Guest> read =
                call("config of " + id + " to write", () -> on(write.node(), id).filter(guest -> !guest.template()));
        Optional<Nic> nic = read.stream()
                .flatMap(guest -> guest.nics().stream())
                .filter(found -> found.id().equals(write.nic()) && found.mac().equals(write.mac()))
                .findFirst();
        if (read.isEmpty() || nic.isEmpty()) {
            return new WriteResult.Stale("gone, or another MAC");
        }
        if (nic.get().config().equals(write.wanted())) {
            return new WriteResult.Unchanged();
        }
        if (!nic.get().config().equals(write.planned())) {
            return new WriteResult.Stale("its config has changed meanwhile");
        }
        if (!read.get().lock().isEmpty()) {
            return new WriteResult.Locked(read.get().lock());
        }
        await(id);
        return call("write " + write.address() + " into " + write.nic(), () -> put(write, read.get()));
    }

    /** PUT config, with the digest of what was read. */
    protected WriteResult put(AddressWrite write, Guest read) {
        pve().asked();
        Optional<Guest> found =
                pve().guest(read.id()).filter(guest -> guest.node().equals(write.node()));
        if (found.isEmpty()) {
            return new WriteResult.Stale("does not exist");
        }
        if (pve().busy(read.id())) {
            return new WriteResult.Busy("can't lock file - got timeout");
        }
        if (!found.get().lock().isEmpty()) {
            return new WriteResult.Locked(found.get().lock());
        }
        if (!GuestEdits.inState(found.get(), read.status(), read.uptime()).equals(read)) {
            return new WriteResult.Busy("checksum mismatch (file change by other user?)");
        }
        pve().configure(write);
        return new WriteResult.Written();
    }

    @Override
    public final WriteResult regenerateImage(Guest guest) {
        return guest.id().type() == GuestType.QEMU && guest.cloudInit()
                ? call("image of " + guest.id(), () -> image(guest.id()))
                : new WriteResult.Unchanged();
    }

    /** PUT cloudinit. */
    protected WriteResult image(GuestId id) {
        pve().asked();
        if (pve().guest(id).isEmpty()) {
            return new WriteResult.Stale("does not exist");
        }
        return pve().busy(id) ? new WriteResult.Busy("can't lock file - got timeout") : new WriteResult.Written();
    }
}
