package net.berth.engine.world;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.berth.engine.report.Seen;
import net.berth.model.IpAddress;
import net.berth.model.Prefix;
import net.berth.model.row.AddressRow;

/**
 * The rows of each network and the prefixes of each pool, as last read, with this receiver's own writes since. A stale
 * list costs a claim that is lost and tried again, never a double address: NIPAP's index decides.
 */
public final class NipapRecord {
    private final Map<Prefix, Seen<Map<IpAddress, AddressRow>>> lists = new HashMap<>();
    private final Set<Reading> readings = new HashSet<>();
    private final Map<String, Seen<Optional<List<Prefix>>>> pools = new ConcurrentHashMap<>();

    NipapRecord() {}

    /** A list that is being read: what is written meanwhile is applied to it when it arrives. */
    public static final class Reading {
        private final Prefix prefix;
        private final Instant began;
        private final Map<IpAddress, List<AddressRow>> written = new HashMap<>();

        private Reading(Prefix prefix, Instant began) {
            this.prefix = prefix;
            this.began = began;
        }
    }

    /** A list of a network's rows is about to be read. */
    public synchronized Reading begin(Prefix prefix, Instant now) {
        Reading reading = new Reading(prefix, now);
        readings.add(reading);
        return reading;
    }

    /** The list has arrived. Answers its rows with what was written meanwhile. */
    public synchronized List<AddressRow> arrived(Reading reading, List<AddressRow> rows) {
        readings.remove(reading);
        Map<IpAddress, AddressRow> list = new HashMap<>(rows.size() * 2);
        rows.forEach(row -> list.put(row.address(), row));
        reading.written.forEach((address, row) -> set(list, address, row));
        lists.put(reading.prefix, new Seen<>(list, reading.began));
        return List.copyOf(list.values());
    }

    /** The list could not be read. */
    public synchronized void failed(Reading reading) {
        readings.remove(reading);
    }

    /** The rows of a network, if they were read at this time or later. */
    public synchronized Optional<List<AddressRow>> rows(Prefix prefix, Instant oldest) {
        return Optional.ofNullable(lists.get(prefix))
                .filter(list -> list.since(oldest))
                .map(list -> List.copyOf(list.value().values()));
    }

    /** Lists that were read so far are stale: a write failed, and may have been done or not. */
    public synchronized void unsure() {
        lists.replaceAll((prefix, list) -> new Seen<>(list.value(), Instant.MIN));
    }

    /** Notes a row as NIPAP has it. */
    public void has(AddressRow row) {
        at(row.address(), List.of(row));
    }

    /** Notes that NIPAP has no row of an address. */
    public void hasNone(IpAddress address) {
        at(address, List.of());
    }

    private synchronized void at(IpAddress address, List<AddressRow> row) {
        lists.forEach((prefix, list) -> {
            if (prefix.contains(address)) {
                set(list.value(), address, row);
            }
        });
        readings.stream()
                .filter(reading -> reading.prefix.contains(address))
                .forEach(reading -> reading.written.put(address, row));
    }

    private static void set(Map<IpAddress, AddressRow> list, IpAddress address, List<AddressRow> row) {
        list.remove(address);
        row.forEach(found -> list.put(address, found));
    }

    /** The last answer for a pool, which is empty if NIPAP had no such pool; nothing before the first answer. */
    public Optional<Seen<Optional<List<Prefix>>>> pool(String name) {
        return Optional.ofNullable(pools.get(name));
    }

    /** Notes NIPAP's answer for a pool. */
    public void poolRead(String name, Seen<Optional<List<Prefix>>> answer) {
        pools.put(name, answer);
    }
}
