package net.berth.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.Inventory;
import net.berth.plan.Conflict;

/** Finds and reads guests. A burst of events shares one list of all guests. */
final class Guests {
    private static final Duration BURST = Duration.ofMillis(500);

    private final Compute compute;
    private final Watch watch;
    private final Recent<String, Inventory> latest;
    private final Map<Refusal, List<Conflict>> refusals = new ConcurrentHashMap<>();

    Guests(Compute compute, Watch watch, Clock clock) {
        this.compute = compute;
        this.watch = watch;
        this.latest = new Recent<>(BURST, clock);
    }

    /** All guests, read now. */
    Inventory list() {
        Inventory inventory = compute.inventory();
        latest.put("", inventory);
        return inventory;
    }

    /** One guest as it is now; empty when Proxmox shows none with this number. */
    Optional<Guest> read(int vmid) {
        Optional<Inventory.Entry> entry = recent().find(vmid);
        Optional<Guest> guest = entry.flatMap(compute::read);
        // Made or moved within the burst: the shared list does not have it yet.
        return guest.isPresent() ? guest : list().find(vmid).flatMap(compute::read);
    }

    /** A guest of a list; empty when it has gone since. */
    Optional<Guest> read(Inventory.Entry entry) {
        return compute.read(entry);
    }

    /** Whether Proxmox shows the guest. */
    boolean exists(GuestId id) {
        return recent().find(id.vmid()).filter(entry -> entry.id().equals(id)).isPresent();
    }

    private Inventory recent() {
        return latest.get("", () -> {
            Inventory inventory = compute.inventory();
            watch.glimpse(inventory);
            return inventory;
        });
    }

    /** Remembers what a system refused for a guest; an empty list forgets. */
    void refused(GuestId guest, Peer peer, List<Conflict> conflicts) {
        refusals.put(new Refusal(guest, peer), List.copyOf(conflicts));
    }

    /** What the systems refused for a guest last. */
    List<Conflict> refused(GuestId guest) {
        return Arrays.stream(Peer.values())
                .flatMap(peer -> refusals.getOrDefault(new Refusal(guest, peer), List.of()).stream())
                .toList();
    }

    private record Refusal(GuestId guest, Peer peer) {}
}
