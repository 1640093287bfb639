package net.berth.sim;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.model.AddressWrite;
import net.berth.model.Guest;
import net.berth.model.Guest.LiveAddress;
import net.berth.model.GuestId;
import net.berth.model.Inventory;
import net.berth.model.Nic;
import net.berth.plan.GuestEdits;

/** One receiver's way to Proxmox. */
final class SimCompute implements Compute {
    /** How long Proxmox itself waits for a config's lock. */
    private static final long LOCK_WAIT = 10_000;

    private final Pve pve;
    private final Wire wire;
    private final Kernel kernel;
    private final Judge judge;
    private final Life life;
    private final OddAnswers odd;

    SimCompute(Pve pve, OddAnswers odd, Wire wire, Kernel kernel, Judge judge, Life life) {
        this.pve = pve;
        this.odd = odd;
        this.wire = wire;
        this.kernel = kernel;
        this.judge = judge;
        this.life = life;
    }

    private <T> T call(String what, Supplier<T> effect) {
        try {
            return wire.call(life, Peer.PROXMOX, what, effect);
        } catch (Wire.Deadlock none) {
            throw new PeerException(Peer.PROXMOX, PeerException.Kind.DOWN, "Proxmox has no deadlocks", none);
        }
    }

    @Override
    public Inventory inventory() {
        String before = call("nodes", pve::gap);
        long[] made = {0};
        Inventory inventory = call("list of guests", () -> {
            made[0] = kernel.now();
            String gap = before.isEmpty() ? pve.gap() : before;
            var guests = pve.list();
            boolean empty = guests.isEmpty() && gap.isEmpty();
            return new Inventory(guests, empty ? "no guest is visible" : gap);
        });
        judge.releases().listed(life, inventory, made[0]);
        return inventory;
    }

    private PeerException unreachable(GuestId id) {
        return new PeerException(Peer.PROXMOX, PeerException.Kind.REFUSED, "no right or no node for " + id);
    }

    @Override
    public Optional<Guest> read(Inventory.Entry entry) {
        return call("config of " + entry.id(), () -> {
            judge.look(entry.id());
            if (!pve.reachable(entry.id(), entry.node())) {
                throw unreachable(entry.id());
            }
            // The status is as old as the entry.
            return found(entry)
                    .map(vm -> odd.answer(life, vm))
                    .map(guest -> GuestEdits.inState(guest, entry.status(), entry.uptime()));
        });
    }

    @Override
    public Optional<Inventory.Entry> status(Inventory.Entry entry) {
        return call("status of " + entry.id(), () -> {
            judge.look(entry.id());
            if (!pve.reachable(entry.id(), entry.node())) {
                throw unreachable(entry.id());
            }
            return found(entry).map(vm -> vm.entry(kernel.now()));
        });
    }

    private Optional<Vm> found(Inventory.Entry entry) {
        return pve.find(entry.id()).filter(vm -> vm.node.equals(entry.node()));
    }

    @Override
    public Presence presence(GuestId guest, String lastNode) {
        Presence presence = new Presence.Absent();
        for (String node : Pve.NODES) {
            boolean first = node.equals(Pve.NODES.getFirst());
            Optional<Boolean> there = call("config of " + guest + " on " + node, () -> {
                if (first) {
                    judge.look(guest);
                }
                return pve.hasConfig(node, guest);
            });
            if (there.isPresent() && there.get()) {
                return new Presence.Present();
            }
            presence = there.isEmpty() ? new Presence.Unknown(node + " does not say") : presence;
        }
        return presence;
    }

    @Override
    public History history(Guest guest) {
        return call("tasks of " + guest.id(), () -> {
            if (!pve.gap().isEmpty()) {
                return History.UNKNOWN;
            }
            return pve.find(guest.id())
                    .map(vm -> vm.restored || (guest.running() ? vm.ranBefore : vm.hasRun))
                    .map(ran -> ran ? History.HAS_RUN : History.NEVER_RAN)
                    .orElse(History.UNKNOWN);
        });
    }

    @Override
    public List<LiveAddress> live(Guest guest) {
        return List.of();
    }

    private record Read(int version, Optional<Nic> nic, String lock) {}

    @Override
    public WriteResult write(AddressWrite write) {
        GuestId id = write.nic().guest();
        Read read = call("config of " + id + " to write", () -> {
            if (!pve.reachable(id, write.node())) {
                throw unreachable(id);
            }
            return pve.find(id)
                    .filter(vm -> vm.node.equals(write.node()))
                    .map(vm -> new Read(
                            vm.version,
                            Optional.ofNullable(vm.nics.get(write.nic().index())),
                            vm.lock))
                    .orElse(new Read(-1, Optional.empty(), ""));
        });
        if (read.nic().filter(nic -> nic.mac().equals(write.mac())).isEmpty()) {
            return new WriteResult.Stale("gone, or another MAC");
        }
        if (read.nic().get().config().equals(write.wanted())) {
            return new WriteResult.Unchanged();
        }
        if (!read.nic().get().config().equals(write.planned())) {
            return new WriteResult.Stale("its config has changed meanwhile");
        }
        if (!read.lock().isEmpty()) {
            return new WriteResult.Locked(read.lock());
        }
        long since = kernel.now();
        while (pve.find(id).filter(vm -> vm.busy).isPresent() && kernel.now() < since + LOCK_WAIT) {
            kernel.sleep(life, 500);
        }
        return call(
                "write " + write.address() + " into " + write.nic(),
                () -> pve.put(write, read.version(), kernel.now() - since));
    }

    @Override
    public WriteResult regenerateImage(Guest guest) {
        return call("image of " + guest.id(), () -> pve.image(guest.id()));
    }
}
