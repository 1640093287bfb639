package net.berth.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;
import net.berth.engine.port.PeerException;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.Inventory;
import net.berth.model.IpAddress;
import net.berth.model.NicConfig;

/**
 * Reads the configs of all guests, and remembers which fixed addresses stand in them: a guest that has an address in its
 * config but no row yet must not lose it to a new guest that is quicker.
 */
final class GuestConfigs {
    /** It is made from what is in memory anyhow. */
    private static final Duration UNTIL_NEWS = Duration.ofDays(1);

    /** Fewer than Proxmox is asked at once: thousands of reads must not keep a start waiting. */
    private static final int AT_ONCE = 3;

    private final Guests guests;
    private final Map<GuestId, Set<IpAddress>> known = new ConcurrentHashMap<>();
    private final Recent<String, Map<IpAddress, Set<GuestId>>> holders;
    private final ThreadFactory threads;
    private final Semaphore slots = new Semaphore(AT_ONCE, true);
    private volatile boolean all;

    GuestConfigs(Guests guests, Clock clock, ThreadFactory threads) {
        this.guests = guests;
        this.holders = new Recent<>(UNTIL_NEWS, clock);
        this.threads = threads;
    }

    /** Whose config has an address, as last read; before the first pass all are read for it. */
    Map<IpAddress, Set<GuestId>> fixedAddresses() {
        if (!all) {
            read(guests.list());
        }
        return holders.get("", this::holders);
    }

    private Map<IpAddress, Set<GuestId>> holders() {
        Map<IpAddress, Set<GuestId>> holders = new HashMap<>();
        known.forEach((guest, addresses) -> addresses.forEach(address ->
                holders.computeIfAbsent(address, key -> new HashSet<>()).add(guest)));
        return Map.copyOf(holders);
    }

    /** A guest that was just read. */
    void note(Guest guest) {
        if (!fixed(guest).equals(known.put(guest.id(), fixed(guest)))) {
            holders.forgetAll();
        }
    }

    /** A template does not run, and its clones get addresses of their own. */
    private static Set<IpAddress> fixed(Guest guest) {
        return guest.nics().stream()
                .filter(nic -> !guest.template() && guest.takesAddress())
                .filter(nic -> nic.config() instanceof NicConfig.Static)
                .map(nic -> ((NicConfig.Static) nic.config()).address().address())
                .collect(Collectors.toSet());
    }

    /**
     * One guest's config.
     *
     * @param entry its line in the list
     * @param guest none when it has gone since
     * @param problem why it could not be read; empty when it could
     */
    record Reading(Inventory.Entry entry, List<Guest> guest, String problem) {}

    /** The configs of all guests of a list, read side by side. */
    List<Reading> read(Inventory inventory) {
        return read(inventory, PassSteps.UNHEARD);
    }

    /** The same; a step is one guest. */
    List<Reading> read(Inventory inventory, PassSteps steps) {
        steps.part(PassSteps.Part.READING, inventory.guests().size());
        List<Reading> readings = readAll(inventory, steps);
        Map<GuestId, Set<IpAddress>> fresh = new HashMap<>();
        readings.forEach(reading -> reading.guest().forEach(guest -> fresh.put(guest.id(), fixed(guest))));
        // What could not be read stands there as before.
        readings.stream()
                .filter(reading -> !reading.problem().isEmpty())
                .map(reading -> reading.entry().id())
                .filter(known::containsKey)
                .forEach(guest -> fresh.put(guest, known.get(guest)));
        known.keySet().retainAll(fresh.keySet());
        known.putAll(fresh);
        holders.forgetAll();
        all = true;
        return readings;
    }

    private List<Reading> readAll(Inventory inventory, PassSteps steps) {
        List<Inventory.Entry> entries = inventory.guests().stream()
                .sorted(Comparator.comparing(Inventory.Entry::id))
                .toList();
        return SideBySide.map(threads, entries, entry -> read(entry, steps));
    }

    private Reading read(Inventory.Entry entry, PassSteps steps) {
        slots.acquireUninterruptibly();
        try {
            return new Reading(entry, guests.read(entry).stream().toList(), "");
        } catch (PeerException problem) {
            return new Reading(entry, List.of(), String.valueOf(problem.getMessage()));
        } finally {
            slots.release();
            steps.step();
        }
    }
}
