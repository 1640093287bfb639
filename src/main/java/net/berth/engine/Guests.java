package net.berth.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.Inventory;
import net.berth.plan.Conflict;

/**
 * Finds and reads guests. A guest is looked for where the last list showed it: its config is there or it is not, and only
 * then a list is read, which a burst of events shares.
 */
final class Guests {
    private static final Duration BURST = Duration.ofMillis(500);

    /** Reads at once of those that nobody waits for: fewer than Proxmox is asked at once, so that starts come past. */
    private static final int UNHURRIED = 4;

    private final Compute compute;
    private final Watch watch;
    private final Recent<String, Inventory> latest;
    private final AtomicLong begun = new AtomicLong();
    private final Map<Integer, Inventory.Entry> places = new ConcurrentHashMap<>();
    private final Semaphore unhurried = new Semaphore(UNHURRIED, true);
    private final Map<Refusal, List<Conflict>> refusals = new ConcurrentHashMap<>();

    Guests(Compute compute, Watch watch, Clock clock) {
        this.compute = compute;
        this.watch = watch;
        this.latest = new Recent<>(BURST, clock);
    }

    /** All guests, as they were when this was called or later. */
    Inventory list() {
        Inventory inventory = listed();
        latest.put("", inventory);
        return inventory;
    }

    private Inventory listed() {
        long number = begun.incrementAndGet();
        Inventory mine = asKnown(compute.inventory());
        Inventory all = watch.arrived(number, mine);
        if (all.equals(mine)) {
            place(mine);
        }
        return all;
    }

    private void place(Inventory inventory) {
        Map<Integer, Inventory.Entry> fresh =
                new ConcurrentHashMap<>(inventory.guests().size() * 2);
        inventory.guests().forEach(entry -> fresh.put(entry.id().vmid(), entry));
        places.keySet().retainAll(fresh.keySet());
        places.putAll(fresh);
    }

    /** Entries that say what they said before are the same ones: all who remember them hold one, not each list's own. */
    private Inventory asKnown(Inventory read) {
        List<Inventory.Entry> entries =
                read.guests().stream().map(this::asKnown).toList();
        return new Inventory(entries, read.gap());
    }

    private Inventory.Entry asKnown(Inventory.Entry entry) {
        Inventory.Entry before = places.getOrDefault(entry.id().vmid(), entry);
        return before.equals(entry) ? before : entry;
    }

    /** An event tells where a guest is: a list that shows it elsewhere is too old. */
    void heardOf(int vmid, String node) {
        places.computeIfPresent(vmid, (number, place) -> place.node().equals(node) ? place : null);
    }

    /** One guest as it is now, for somebody who waits; empty when Proxmox shows none with this number. */
    Optional<Guest> readNow(int vmid) {
        return find(vmid, compute::read);
    }

    /** The same for nobody in particular: those who wait come first. */
    Optional<Guest> read(int vmid) {
        return find(vmid, this::inTurn);
    }

    private Optional<Guest> find(int vmid, Function<Inventory.Entry, Optional<Guest>> read) {
        Optional<Guest> guest = Optional.ofNullable(places.get(vmid)).flatMap(place -> atPlace(place, read));
        if (guest.isEmpty()) {
            guest = recent().find(vmid).flatMap(read);
        }
        // Made or moved within the burst: the shared list does not have it yet.
        return guest.isPresent() ? guest : list().find(vmid).flatMap(read);
    }

    /** What is refused where a guest was once may be so because it is gone from there. */
    private Optional<Guest> atPlace(Inventory.Entry place, Function<Inventory.Entry, Optional<Guest>> read) {
        try {
            return read.apply(place);
        } catch (PeerException failure) {
            if (failure.kind() != PeerException.Kind.REFUSED) {
                throw failure;
            }
            return Optional.empty();
        }
    }

    /** A guest that was just read, once more; empty when it has gone since. */
    Optional<Guest> again(Guest guest) {
        return compute.read(new Inventory.Entry(guest.id(), guest.node(), guest.name(), guest.status(), guest.lock()))
                .or(() -> read(guest.id().vmid()).filter(found -> found.id().equals(guest.id())));
    }

    /** A guest of a list; empty when it has gone since. */
    Optional<Guest> read(Inventory.Entry entry) {
        return compute.read(entry);
    }

    private Optional<Guest> inTurn(Inventory.Entry entry) {
        unhurried.acquireUninterruptibly();
        try {
            return compute.read(entry);
        } finally {
            unhurried.release();
        }
    }

    /** Whether Proxmox shows the guest. */
    boolean exists(GuestId id) {
        return recent().find(id.vmid()).filter(entry -> entry.id().equals(id)).isPresent();
    }

    private Inventory recent() {
        return latest.get("", this::listed);
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
