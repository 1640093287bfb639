package net.berth.engine.world;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.berth.engine.port.Peer;
import net.berth.engine.report.Seen;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.NicConfig;
import net.berth.model.row.AddressRow;

/**
 * What each system was last seen to hold, and when: one record per guest, one per system. Nothing else in the engine
 * remembers anything, and nothing here outlives the process. Safe for many threads.
 */
public final class World {
    private final String cluster;
    private final Clock clock;
    private final Map<GuestId, GuestRecord> guests = new ConcurrentHashMap<>();
    private final GuestLists lists = new GuestLists(this);
    private final NipapRecord nipap = new NipapRecord();
    private final RouterRecord router = new RouterRecord();
    private final PassRecord pass;
    private final Map<Peer, SystemHealth> health = new EnumMap<>(Peer.class);

    /**
     * An empty world.
     *
     * @param cluster the Proxmox cluster whose guests this receiver manages
     * @param releaseLimit how many guests may lose their addresses at once
     */
    public World(String cluster, int releaseLimit, Clock clock) {
        this.cluster = cluster;
        this.pass = new PassRecord(releaseLimit);
        this.clock = clock;
        for (Peer peer : Peer.values()) {
            health.put(peer, new SystemHealth(peer));
        }
    }

    /** The Proxmox cluster whose guests this receiver manages. */
    public String cluster() {
        return cluster;
    }

    /** The time that dates all reads. */
    public Instant now() {
        return clock.instant();
    }

    /** What Proxmox's lists of guests have shown. */
    public GuestLists lists() {
        return lists;
    }

    /** What NIPAP was last seen to hold, network by network. */
    public NipapRecord nipap() {
        return nipap;
    }

    /** What the router was last seen to hold. */
    public RouterRecord router() {
        return router;
    }

    /** What the last full pass found. */
    public PassRecord pass() {
        return pass;
    }

    /** How calls to a system went. */
    public SystemHealth health(Peer peer) {
        return Objects.requireNonNull(health.get(peer));
    }

    /** The record of a guest; a new one if there is none. */
    public GuestRecord guest(GuestId id) {
        return guests.computeIfAbsent(id, GuestRecord::new);
    }

    /** The record of a guest, if there is one. */
    public Optional<GuestRecord> known(GuestId id) {
        return Optional.ofNullable(guests.get(id));
    }

    /** All records. */
    public Collection<GuestRecord> guests() {
        return guests.values();
    }

    /** The records of a VMID in this cluster: a VM and a container may have had it one after the other. */
    public List<GuestRecord> numbered(int vmid) {
        return Stream.of(GuestType.values())
                .flatMap(type -> known(new GuestId(cluster, type, vmid)).stream())
                .toList();
    }

    /** Forgets all that is known of a guest: its VMID is another guest from now on. */
    public void forget(GuestId id) {
        guests.remove(id);
    }

    /** Notes a row that this receiver has written. */
    public void wrote(AddressRow row) {
        nipap.has(row);
        row.nic()
                .flatMap(nic -> known(nic.guest()))
                .ifPresent(record -> record.rowWritten(row.id(), Optional.of(row), now()));
    }

    /** Notes a row that this receiver has deleted. */
    public void deleted(AddressRow row) {
        nipap.hasNone(row.address());
        row.nic()
                .flatMap(nic -> known(nic.guest()))
                .ifPresent(record -> record.rowWritten(row.id(), Optional.empty(), now()));
    }

    /** Notes the rows of all guests: a guest of which there is none in the list has none. */
    public void rowsOfAll(List<AddressRow> all, Instant at) {
        Map<GuestId, List<AddressRow>> rows = new HashMap<>();
        all.forEach(row -> row.nic()
                .map(nic -> nic.guest())
                .filter(guest -> guest.cluster().equals(cluster))
                .ifPresent(guest -> rows.merge(guest, List.of(row), World::joined)));
        Set<GuestId> known = new HashSet<>(guests.keySet());
        known.addAll(rows.keySet());
        known.forEach(id -> guest(id).rowsRead(rows.getOrDefault(id, List.of()), at));
    }

    private static List<AddressRow> joined(List<AddressRow> before, List<AddressRow> more) {
        return Stream.concat(before.stream(), more.stream()).toList();
    }

    /** Which guests' configs have a fixed address, as last read. Templates do not run and do not count. */
    public Map<IpAddress, Set<GuestId>> fixedAddresses() {
        Map<IpAddress, Set<GuestId>> holders = new HashMap<>();
        guests.values().forEach(record -> record.config()
                .map(Seen::value)
                .filter(guest -> !guest.template() && guest.takesAddress())
                .ifPresent(guest -> addresses(guest)
                        .forEach(address -> holders.computeIfAbsent(address, key -> new HashSet<>())
                                .add(guest.id()))));
        return holders;
    }

    private static Stream<IpAddress> addresses(Guest guest) {
        return guest.nics().stream()
                .map(nic -> nic.config())
                .filter(NicConfig.Static.class::isInstance)
                .map(config -> ((NicConfig.Static) config).address().address());
    }
}
