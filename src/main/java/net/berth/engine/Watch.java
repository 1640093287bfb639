package net.berth.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.Inventory;
import org.jspecify.annotations.Nullable;

/**
 * What this receiver has seen with its own eyes: which guests were there when it began, which appeared since, and which
 * are missing. Only hints are drawn from it; after a restart it knows nothing and Berth is more careful.
 */
final class Watch {
    private final Map<GuestId, Sighting> sightings = new HashMap<>();
    private final Map<GuestId, Inventory.Entry> looked = new HashMap<>();
    private final Map<GuestId, Integer> absences = new HashMap<>();
    private final Set<GuestId> expected = new HashSet<>();
    private Numbered newest = new Numbered(0, new Inventory(List.of(), ""));
    private boolean begun;

    /** Of a guest: how it was listed last, and whether it appeared and nothing has shown since that it has run. */
    private record Sighting(Inventory.Entry entry, boolean appeared) {}

    /** A list and its place in the order in which lists were begun. */
    private record Numbered(long number, Inventory list) {}

    /**
     * Takes note of a list that has just come, whoever asked for it: a guest that is in it is not missing. One that took
     * long may be older or newer than one that was begun after it and is here already: what either of them shows is there.
     *
     * @param number its place in the order in which lists were begun
     * @return what is there by this list, or by both
     */
    synchronized Inventory arrived(long number, Inventory list) {
        glimpse(list);
        if (number < newest.number()) {
            return newest.list().and(list);
        }
        newest = new Numbered(number, list);
        return list;
    }

    /**
     * Takes note of a list of all guests.
     *
     * @return guests that are new, or not as they were at the last such look
     */
    synchronized Set<GuestId> observe(Inventory inventory) {
        Set<GuestId> changed = look(inventory);
        if (inventory.complete()) {
            countAbsences(inventory);
            begun = true;
        }
        return changed;
    }

    /**
     * Takes note of a list whose guests are all looked at by whoever asked for it: they are not new to the polls that
     * come meanwhile and afterwards, but for what has changed since.
     *
     * @return guests that were new, or not as they were at the last look
     */
    synchronized Set<GuestId> look(Inventory inventory) {
        glimpse(inventory);
        return inventory.guests().stream()
                .filter(entry -> !isLike(entry, looked.put(entry.id(), entry)))
                .map(Inventory.Entry::id)
                .collect(Collectors.toSet());
    }

    private static boolean isLike(Inventory.Entry entry, Inventory.@Nullable Entry before) {
        return before != null && entry.isLike(before);
    }

    /** Guests of such a list whose look did not come about, or was not the last one needed: the next poll has them. */
    synchronized void lookAgain(Inventory inventory, Set<GuestId> guests) {
        inventory.guests().stream()
                .filter(entry -> guests.contains(entry.id()))
                .forEach(entry -> looked.computeIfPresent(entry.id(), (id, last) -> last.isLike(entry) ? null : last));
    }

    /**
     * Takes note of who is there, and no more: lists that come in quick succession are one look, not many, and what is
     * new in them is still new to the next look.
     */
    synchronized void glimpse(Inventory inventory) {
        inventory.guests().forEach(this::note);
    }

    private void note(Inventory.Entry entry) {
        Sighting last = sightings.get(entry.id());
        boolean wasMissing = absences.remove(entry.id()) != null;
        if (wasMissing) {
            looked.remove(entry.id());
        }
        // The same number after an absence may be another machine.
        boolean appeared = (begun && (last == null || wasMissing)) || (last != null && last.appeared());
        // Under a lock, such as a backup's, it only seems to run.
        boolean runs = entry.status() == GuestStatus.RUNNING && entry.lock().isEmpty();
        Sighting now = new Sighting(entry, appeared && !runs);
        if (!now.equals(last)) {
            sightings.put(entry.id(), now);
        }
    }

    /** Whoever counts a list may have had to wait: what a list that was begun after it shows by now is not missing. */
    private void countAbsences(Inventory inventory) {
        Set<GuestId> present = Stream.of(inventory, newest.list())
                .flatMap(list -> list.guests().stream())
                .map(Inventory.Entry::id)
                .collect(Collectors.toSet());
        Set<GuestId> known = new HashSet<>(sightings.keySet());
        known.addAll(expected);
        known.stream().filter(id -> !present.contains(id)).forEach(id -> absences.merge(id, 1, Integer::sum));
    }

    /** Guests that NIPAP has rows of: they count as missing when lists lack them. */
    synchronized void expect(Set<GuestId> guests) {
        expected.addAll(guests);
    }

    /** Guests that were missing in at least so many complete lists in a row. */
    synchronized Set<GuestId> missing(int lists) {
        return absences.entrySet().stream()
                .filter(entry -> entry.getValue() >= lists)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The node a guest was last seen on; empty text when it never was. */
    synchronized String lastNode(GuestId id) {
        Sighting sighting = sightings.get(id);
        return sighting == null ? "" : sighting.entry().node();
    }

    /** Whether the guest came to be while this receiver was looking, and was not seen to run since. */
    synchronized boolean appeared(GuestId id) {
        Sighting sighting = sightings.get(id);
        return sighting != null && sighting.appeared();
    }

    /** Somebody knows that the guest has run, and may not be able to tell next time. */
    synchronized void ran(GuestId id) {
        sightings.computeIfPresent(id, (key, last) -> new Sighting(last.entry(), false));
    }

    /** Forgets a guest of which nothing is left: the same number is another guest from now on. */
    synchronized void forget(GuestId id) {
        sightings.remove(id);
        looked.remove(id);
        absences.remove(id);
        expected.remove(id);
    }
}
