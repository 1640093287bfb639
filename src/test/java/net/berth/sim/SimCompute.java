package net.berth.sim;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.inmemory.PveCompute;
import net.berth.model.Guest;
import net.berth.model.Guest.LiveAddress;
import net.berth.model.GuestId;
import net.berth.model.Inventory;

/** One receiver's way to Proxmox. */
final class SimCompute extends PveCompute {
    /** How long Proxmox itself waits for a config's lock. */
    private static final long LOCK_WAIT = 10_000;

    private final Pve pve;
    private final OddAnswers odd;
    private final Wire wire;
    private final Kernel kernel;
    private final Judge judge;
    private final Life life;

    SimCompute(Pve pve, OddAnswers odd, Wire wire, Kernel kernel, Judge judge, Life life) {
        this.pve = pve;
        this.odd = odd;
        this.wire = wire;
        this.kernel = kernel;
        this.judge = judge;
        this.life = life;
    }

    @Override
    protected <T> T call(String what, Supplier<T> effect) {
        try {
            return wire.call(life, Peer.PROXMOX, what, effect);
        } catch (Wire.Deadlock none) {
            throw new PeerException(Peer.PROXMOX, PeerException.Kind.DOWN, "Proxmox has no deadlocks", none);
        }
    }

    @Override
    protected State pve() {
        return pve;
    }

    @Override
    protected Guest answered(Guest guest) {
        return pve.find(guest.id()).map(vm -> odd.answer(life, vm)).orElse(guest);
    }

    @Override
    protected void await(GuestId id) {
        long since = kernel.now();
        while (pve.busy(id) && kernel.now() < since + LOCK_WAIT) {
            kernel.sleep(life, 500);
        }
    }

    @Override
    public Inventory inventory() {
        String before = call("nodes", pve::gap);
        long[] made = {0};
        Inventory inventory = call("list of guests", () -> {
            made[0] = kernel.now();
            return list(before);
        });
        judge.releases().listed(life, inventory, made[0]);
        return inventory;
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
}
