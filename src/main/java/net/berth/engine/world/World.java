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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.berth.engine.port.Peer;
import net.berth.engine.report.Health.PeerHealth;
import net.berth.engine.report.Seen;
import net.berth.model.GuestId;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;
import org.jspecify.annotations.Nullable;

/**
 * What each system was last seen to hold, and when: one record per guest, one per system. Nothing else in the engine
 * remembers anything, and nothing here outlives the process. Safe for many threads.
 */
public final class World {
    private static final RouterView NOTHING = new RouterView(List.of(), List.of(), List.of(), List.of());

    private final String cluster;
    private final Clock clock;
    private final Map<GuestId, GuestRecord> guests = new ConcurrentHashMap<>();
    private final GuestLists lists = new GuestLists(this);
    private final NipapRecord nipap = new NipapRecord();
    private final PassRecord pass;
    private final Map<Peer, SystemHealth> health = new EnumMap<>(Peer.class);
    private volatile @Nullable Seen<RouterView> router;

    /** How the last calls to a system went. What was refused for one part of it stays until a call that needs the part succeeds. */
    public static final class SystemHealth {
        private final Peer peer;
        private final SortedMap<String, String> problems = new TreeMap<>();
        private Instant lastSuccess = Instant.EPOCH;
        private boolean asked;

        private SystemHealth(Peer peer) {
            this.peer = peer;
        }

        /** How a call changed the health. */
        public enum Transition {
            NONE,
            DOWN,
            UP
        }

        /** A call is about to be made. */
        public synchronized void asked() {
            asked = true;
        }

        /** A call that needs a part was answered, though the system may be in trouble; empty when it is not. */
        public synchronized Transition answered(String part, String trouble, Instant now) {
            boolean before = problems.isEmpty();
            problems.keySet().removeAll(List.of("", part));
            lastSuccess = now;
            if (!trouble.isEmpty()) {
                return failed("", trouble, before);
            }
            return !before && problems.isEmpty() ? Transition.UP : Transition.NONE;
        }

        /** A call failed; the part is empty when the system as a whole did not answer. */
        public synchronized Transition failed(String part, String problem) {
            return failed(part, problem, problems.isEmpty());
        }

        private Transition failed(String part, String problem, boolean wasUp) {
            problems.put(part, problem);
            return wasUp ? Transition.DOWN : Transition.NONE;
        }

        /** The health now. */
        public synchronized PeerHealth state() {
            boolean silent = asked && problems.isEmpty() && lastSuccess.equals(Instant.EPOCH);
            String text = silent
                    ? "it has not answered yet"
                    : problems.values().stream().distinct().collect(Collectors.joining("; "));
            return new PeerHealth(peer, problems.isEmpty() && !silent, lastSuccess, text);
        }
    }

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

    /** The router's config, leases and neighbours as last read, however old; without entries before the first read. */
    public RouterView router() {
        return lastRouter().map(Seen::value).orElse(NOTHING);
    }

    /** The last view of the router; empty before the first. */
    public Optional<Seen<RouterView>> lastRouter() {
        return Optional.ofNullable(router);
    }

    /** Notes a view of the router. */
    public void routerRead(RouterView view, Instant began) {
        router = new Seen<>(view, began);
    }

    /** The last view of the router is stale: a commit failed, and may have been done or not. */
    public void routerUnsure() {
        lastRouter().ifPresent(seen -> routerRead(seen.value(), Instant.MIN));
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
        owner(row).ifPresent(record -> record.rowWritten(row.id(), List.of(row), now()));
    }

    /** Notes a row that this receiver has edited; one that was given back is no longer its guest's. */
    public void edited(AddressRow before, AddressRow row) {
        if (!row.ours()) {
            deleted(before);
        }
        wrote(row);
    }

    /** Notes a row that this receiver has deleted. */
    public void deleted(AddressRow row) {
        nipap.hasNone(row.address());
        owner(row).ifPresent(record -> record.rowWritten(row.id(), List.of(), now()));
    }

    private Optional<GuestRecord> owner(AddressRow row) {
        return row.nic().flatMap(nic -> known(nic.guest()));
    }

    /** Notes the rows of all guests: a guest of which there is none in the list has none. */
    public void rowsOfAll(List<AddressRow> all, Instant at) {
        Map<GuestId, List<AddressRow>> rows = all.stream()
                .filter(row -> row.nic()
                        .filter(nic -> nic.guest().cluster().equals(cluster))
                        .isPresent())
                .collect(Collectors.groupingBy(row -> row.nic().orElseThrow().guest()));
        Set<GuestId> known = new HashSet<>(guests.keySet());
        known.addAll(rows.keySet());
        known.forEach(id -> guest(id).rowsRead(rows.getOrDefault(id, List.of()), at));
    }

    /**
     * Which guests' configs have a fixed address, as last read, and which running guests use one, as they last said.
     * Templates do not run and do not count. The map does not change: thousands of plans share it.
     */
    public Map<IpAddress, Set<GuestId>> fixedAddresses() {
        Map<IpAddress, Set<GuestId>> holders = new HashMap<>();
        guests.values().forEach(record -> record.config()
                .filter(guest -> !guest.template())
                .ifPresent(guest -> Stream.concat(guest.namedAddresses(), record.usedAddresses(guest))
                        .forEach(address -> holders.computeIfAbsent(address, key -> new HashSet<>())
                                .add(guest.id()))));
        return Map.copyOf(holders);
    }
}
