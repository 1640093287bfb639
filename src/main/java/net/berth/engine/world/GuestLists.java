package net.berth.engine.world;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.engine.report.Seen;
import net.berth.model.GuestId;
import net.berth.model.Inventory;

/**
 * What Proxmox's lists of guests have shown: who is there, who has changed since the last poll, who is missing. After a
 * restart nothing is known, and Berth is more careful.
 */
public final class GuestLists {
    private final World world;
    private long begun;
    /** The place of the newest list in the order in which lists were begun; 0 before the first. */
    private long number;

    private Seen<Inventory> newest = new Seen<>(new Inventory(List.of(), ""), Instant.MIN);
    private boolean complete;

    GuestLists(World world) {
        this.world = world;
    }

    /** The newest list, however old; empty before the first. */
    public synchronized Optional<Seen<Inventory>> newest() {
        return number == 0 ? Optional.empty() : Optional.of(newest);
    }

    /** The cluster's nodes, as the newest list shows them. */
    public synchronized Set<String> nodes() {
        return newest.value().nodes();
    }

    /** A list is about to be read. Answers its number, for {@link #arrived}. */
    public synchronized long begin() {
        return ++begun;
    }

    /**
     * Notes a list that was read. A guest that is in it is not missing. Lists may arrive in another order than they were
     * begun: then a guest that either of two lists shows is taken to be there.
     *
     * @param place from {@link #begin}
     * @return the guests that are there
     */
    public synchronized Inventory arrived(long place, Inventory list, Instant began) {
        list.guests().forEach(entry -> note(entry, began));
        if (place < number) {
            return newest.value().and(list);
        }
        number = place;
        newest = new Seen<>(list, began);
        return list;
    }

    private void note(Inventory.Entry entry, Instant began) {
        Optional<GuestRecord> known = world.known(entry.id());
        boolean isNew = known.flatMap(GuestRecord::entry).isEmpty();
        boolean wasMissing = known.filter(record -> record.absences() > 0).isPresent();
        GuestRecord record = world.guest(entry.id());
        if (wasMissing) {
            record.examineAgain();
        }
        // After an absence the same number may be another machine.
        record.listed(entry, began, complete && (isNew || wasMissing));
    }

    /**
     * Notes the list of a poll, and counts absences when it is complete.
     *
     * @return guests that are new, or differ from the last list whose guests were examined
     */
    public synchronized Set<GuestId> polled(Inventory inventory) {
        Set<GuestId> changed = examined(inventory);
        if (inventory.complete()) {
            countAbsences(inventory);
            complete = true;
        }
        return changed;
    }

    /**
     * Notes a list whose guests the caller examines all. Later polls skip them until their entry changes.
     *
     * @return guests that are new, or differ from the last list whose guests were examined
     */
    public synchronized Set<GuestId> examined(Inventory inventory) {
        if (inventory.complete()) {
            complete = true;
        }
        return inventory.guests().stream()
                .filter(entry -> world.guest(entry.id()).examine(entry))
                .map(Inventory.Entry::id)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The next poll is to examine these guests, whether or not they change. */
    public synchronized void examineAgain(Set<GuestId> guests) {
        guests.forEach(id -> world.known(id).ifPresent(GuestRecord::examineAgain));
    }

    /** Guests in a list that was begun later count as present: the caller may have waited before it counts this one. */
    private void countAbsences(Inventory inventory) {
        Set<GuestId> present = Stream.of(inventory, newest.value())
                .flatMap(list -> list.guests().stream())
                .map(Inventory.Entry::id)
                .collect(Collectors.toSet());
        world.guests().stream()
                .filter(record -> record.entry().isPresent() || record.hasRows())
                .filter(record -> !present.contains(record.id()))
                .forEach(GuestRecord::absent);
    }

    /** Guests that were missing in at least so many complete lists in a row. */
    public synchronized Set<GuestId> missing(int lists) {
        return world.guests().stream()
                .filter(record -> record.absences() >= lists)
                .map(GuestRecord::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The entry of a guest in the last list that showed it, if no later list lacks it. */
    public Optional<Seen<Inventory.Entry>> place(int vmid) {
        return world.numbered(vmid).stream()
                .filter(record -> record.absences() == 0 && !record.moved())
                .flatMap(record -> record.entry().stream())
                .max((a, b) -> a.at().compareTo(b.at()));
    }

    /** An event came from a node: an entry that shows the guest on another node is not used any more. */
    public void heardFrom(int vmid, String node) {
        world.numbered(vmid).forEach(record -> record.heardFrom(node));
    }
}
