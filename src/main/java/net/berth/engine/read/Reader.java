package net.berth.engine.read;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import net.berth.engine.port.Compute;
import net.berth.engine.port.Ipam;
import net.berth.engine.port.PeerException;
import net.berth.engine.port.Router;
import net.berth.engine.port.SideBySide;
import net.berth.engine.port.Timer;
import net.berth.engine.report.Seen;
import net.berth.engine.run.Request;
import net.berth.engine.run.Run;
import net.berth.engine.world.GuestRecord;
import net.berth.engine.world.GuestRecord.LiveAnswer;
import net.berth.engine.world.NipapRecord;
import net.berth.engine.world.World;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.Inventory;
import net.berth.model.IpAddress;
import net.berth.model.Network;
import net.berth.model.Prefix;
import net.berth.model.router.RouterView;
import net.berth.model.row.AddressRow;

/** Reads Proxmox and NIPAP into the world, as little as the caller needs. What several callers want at once is read once. */
public final class Reader {
    /** Events of one burst share a list of guests. */
    private static final Duration BURST = Duration.ofMillis(500);

    /** New guests of one storm share a list of rows. An operator who adds a row and then starts the guest is to be heeded. */
    private static final Duration LIST_AGE = Duration.ofSeconds(2);

    /** A run that waited longer than this, for a system or for other runs, reads again before it claims or writes. */
    private static final Duration RUN_AGE = Duration.ofSeconds(15);

    private final World world;
    private final Compute compute;
    private final Ipam ipam;
    private final Router router;
    private final Timer timer;
    private final List<Network> networks;
    private final SharedRead routerRead = new SharedRead();
    private final SharedRead list = new SharedRead();
    private final SharedRead configs = new SharedRead();
    private final Map<Prefix, SharedRead> rows = new ConcurrentHashMap<>();
    private final Semaphore configSlots = new Semaphore(Compute.BACKGROUND_READS, true);

    /** With the ports through which it reads. */
    public Reader(World world, Compute compute, Ipam ipam, Router router, Timer timer, List<Network> networks) {
        this.world = world;
        this.compute = compute;
        this.ipam = ipam;
        this.router = router;
        this.timer = timer;
        this.networks = List.copyOf(networks);
        networks.forEach(network -> rows.put(network.prefix(), new SharedRead()));
    }

    /** Begins to ask a system; several questions are asked side by side. */
    public <T> CompletableFuture<T> begin(Supplier<T> read) {
        return SideBySide.begun(timer.threads(), read);
    }

    /** Does something for each of several guests, side by side; answers in their order. */
    public <T, R> List<R> each(List<T> guests, Function<T, R> task) {
        return SideBySide.map(timer.threads(), guests, task);
    }

    /** All guests, by a list that is read now. */
    public Inventory list() {
        long number = world.lists().begin();
        Instant began = world.now();
        return world.lists().arrived(number, compute.inventory(), began);
    }

    private Inventory recentList() {
        return list.get(
                () -> world.lists()
                        .newest()
                        .filter(seen -> seen.since(world.now().minus(BURST)))
                        .map(Seen::value),
                this::list);
    }

    /** Whether a recent list shows the guest. */
    public boolean isListed(GuestId id) {
        return recentList()
                .find(id.vmid())
                .filter(entry -> entry.id().equals(id))
                .isPresent();
    }

    /** One guest as it is now; empty when Proxmox shows none with this VMID. */
    public Optional<Guest> guest(int vmid, Request request) {
        Optional<Guest> guest = world.lists().place(vmid).flatMap(place -> atPlace(place, request));
        if (guest.isEmpty()) {
            guest = recentList().find(vmid).flatMap(entry -> read(entry, request));
        }
        // Created or moved within the burst: the shared list does not show it yet.
        return guest.isPresent() ? guest : list().find(vmid).flatMap(entry -> read(entry, request));
    }

    private Optional<Guest> atPlace(Seen<Inventory.Entry> place, Request request) {
        try {
            return read(place.value(), request);
        } catch (PeerException failure) {
            // Proxmox may refuse to read at the old place what is elsewhere by now.
            if (failure.kind() != PeerException.Kind.REFUSED) {
                throw failure;
            }
            return Optional.empty();
        }
    }

    /**
     * A guest that is about to start is stopped, whatever an older list says. Otherwise the status is read too: an entry of a
     * list and a config that was read later need not fit together.
     */
    private Optional<Guest> read(Inventory.Entry entry, Request request) {
        return switch (request.why()) {
            case START -> read(entry.as(GuestStatus.STOPPED, Duration.ZERO));
            case LOOK, EVENT, ORDER -> exact(entry);
        };
    }

    private Optional<Guest> exact(Inventory.Entry entry) {
        return compute.status(entry).flatMap(now -> read(now)
                // The lock came or went between the two answers, and the status with it: a backup holds a VM as
                // stopped.
                .flatMap(guest -> guest.lock().equals(now.lock())
                        ? Optional.of(guest)
                        : compute.status(now).flatMap(this::read)));
    }

    /** A list shows a VM that a backup holds as running, although its system never boots. */
    private Optional<Guest> listed(Inventory.Entry entry) {
        return entry.lock().isEmpty() ? read(entry) : exact(entry);
    }

    private Optional<Guest> read(Inventory.Entry entry) {
        Optional<Guest> guest = compute.read(entry);
        guest.ifPresent(found -> world.guest(found.id()).read(found));
        return guest;
    }

    /**
     * A guest that was just read, read once more. Another receiver may have written a row, or cloud-init may have read its
     * image, since the guest was read.
     *
     * @return empty when the guest has gone, or differs in what its rows or the router's entries depend on
     */
    public Optional<Guest> unchanged(Guest guest, Request request) {
        Inventory.Entry entry = Inventory.Entry.of(guest);
        return (request.starting() ? read(entry, request) : exact(entry))
                .or(() -> guest(guest.id().vmid(), request)
                        .filter(found -> found.id().equals(guest.id())))
                .filter(now -> now.name().equals(guest.name())
                        && now.uuid().equals(guest.uuid())
                        && now.template() == guest.template()
                        && now.hookscript().equals(guest.hookscript())
                        && now.tags().equals(guest.tags())
                        && now.nics().equals(guest.nics()));
    }

    /** Whether what a run is planned from is new enough for a claim, or for a write into the guest's config. */
    public boolean isRecent(Run run) {
        return !run.began().isBefore(world.now().minus(RUN_AGE));
    }

    /** A run is about to read again. */
    public void beginAgain(Run run) {
        run.began(world.now());
    }

    /**
     * One guest's config.
     *
     * @param guest none when it has gone since
     * @param problem why it could not be read; empty when it could
     */
    public record Reading(Inventory.Entry entry, List<Guest> guest, String problem) {}

    /**
     * The configs of all guests of a list, by VMID. New guests that need all configs before the first pass is over wait for
     * the pass that reads them.
     */
    public List<Reading> configs(Inventory inventory, Runnable step) {
        return world.pass().allConfigsRead()
                ? readConfigs(inventory, step)
                : configs.alone(() -> readConfigs(inventory, step));
    }

    private List<Reading> readConfigs(Inventory inventory, Runnable step) {
        List<Inventory.Entry> entries = inventory.guests().stream()
                .sorted(Comparator.comparing(Inventory.Entry::id))
                .toList();
        List<Reading> readings = SideBySide.map(timer.threads(), entries, entry -> config(entry, step));
        world.pass().configsRead();
        return readings;
    }

    private Reading config(Inventory.Entry entry, Runnable step) {
        configSlots.acquireUninterruptibly();
        try {
            return new Reading(entry, listed(entry).stream().toList(), "");
        } catch (PeerException problem) {
            return new Reading(entry, List.of(), String.valueOf(problem.getMessage()));
        } finally {
            configSlots.release();
            step.run();
        }
    }

    /** Whose config has an address. Before the first pass is over all configs are read for it, once for all callers. */
    Map<IpAddress, Set<GuestId>> fixedAddresses() {
        configs.get(() -> Optional.of(world.pass()).filter(pass -> pass.allConfigsRead()), () -> {
            configs(list(), () -> {});
            return world.pass();
        });
        return world.fixedAddresses();
    }

    /**
     * Asks those of these guests that run and have no row which addresses they use, once since their start: an address that
     * was set inside of a guest is in no config. The rows of the guests are known.
     */
    public void liveOfNew(List<Guest> guests) {
        each(guests.stream().filter(this::isUnheard).toList(), guest -> {
            configSlots.acquireUninterruptibly();
            try {
                world.guest(guest.id()).live(new LiveAnswer(guest.uptime(), compute.live(guest)));
                return guest;
            } finally {
                configSlots.release();
            }
        });
    }

    private boolean isUnheard(Guest guest) {
        GuestRecord record = world.guest(guest.id());
        return guest.running()
                && guest.lock().isEmpty()
                && !record.hasRows()
                && record.live().filter(answer -> answer.isOfThisStart(guest)).isEmpty();
    }

    /** The rows of guests, read now in one call. */
    public Map<GuestId, List<AddressRow>> rowsOf(Collection<GuestId> guests) {
        Instant began = world.now();
        Map<GuestId, List<AddressRow>> found = new HashMap<>();
        guests.forEach(guest -> found.put(guest, new ArrayList<>()));
        ipam.rowsOf(Set.copyOf(guests)).forEach(row -> row.nic()
                .flatMap(nic -> Optional.ofNullable(found.get(nic.guest())))
                .ifPresent(rowsOfGuest -> rowsOfGuest.add(row)));
        found.forEach((guest, own) -> world.guest(guest).rowsRead(own, began));
        return found;
    }

    /** All rows in all networks, at most as old as a storm of new guests may share. */
    public List<AddressRow> recentRows() {
        Instant oldest = world.now().minus(LIST_AGE);
        return all(prefix -> rows(prefix, oldest));
    }

    /** All rows in all networks, read now. */
    public List<AddressRow> allRows() {
        Instant now = world.now();
        List<AddressRow> all = networks.size() == 1
                ? rows(networks.getFirst().prefix(), now)
                : SideBySide.map(timer.threads(), networks, network -> rows(network.prefix(), now)).stream()
                        .flatMap(List::stream)
                        .toList();
        world.rowsOfAll(all, now);
        return all;
    }

    /** All rows as last read, with this receiver's own writes. */
    public List<AddressRow> lastRows() {
        return all(prefix -> rows(prefix, Instant.MIN));
    }

    private List<AddressRow> all(Function<Prefix, List<AddressRow>> read) {
        return networks.stream()
                .flatMap(network -> read.apply(network.prefix()).stream())
                .toList();
    }

    private List<AddressRow> rows(Prefix prefix, Instant oldest) {
        NipapRecord nipap = world.nipap();
        return Objects.requireNonNull(rows.get(prefix)).get(() -> nipap.rows(prefix, oldest), () -> {
            NipapRecord.Reading reading = nipap.begin(prefix, world.now());
            try {
                return nipap.arrived(reading, ipam.rowsIn(prefix));
            } catch (PeerException failure) {
                nipap.failed(reading);
                throw failure;
            }
        });
    }

    /**
     * A view of the router of at most this age that was not read before a time; read now if there is none. It is read never
     * during a session that writes, and several callers share a read.
     *
     * @throws PeerException when it must be read and the router does not answer
     */
    public RouterView router(Duration maxAge, Instant notBefore) {
        Instant oldest = world.now().minus(maxAge);
        Instant limit = oldest.isBefore(notBefore) ? notBefore : oldest;
        return routerRead.get(
                () -> world.lastRouter().filter(seen -> seen.since(limit)).map(Seen::value), () -> {
                    Instant began = world.now();
                    RouterView view = router.read();
                    world.routerRead(view, began);
                    return view;
                });
    }

    /** What the router holds now; the last view where no network is on the router. */
    public RouterView routerNow() {
        return networks.stream().anyMatch(Network::onRouter) ? router(Duration.ZERO, Instant.MIN) : world.router();
    }

    /** Runs a session on the router that no read of it may overlap. */
    public void exclusivelyOnRouter(Runnable session) {
        routerRead.alone(() -> {
            session.run();
            return session;
        });
    }

    /** Rows of a list with the guest's own rows, which are newer, in place of those that the list has. */
    static List<AddressRow> merged(List<AddressRow> list, GuestId guest, List<AddressRow> own) {
        Map<IpAddress, AddressRow> merged = new LinkedHashMap<>();
        own.forEach(row -> merged.put(row.address(), row));
        list.stream().filter(row -> !row.isOf(guest)).forEach(row -> merged.putIfAbsent(row.address(), row));
        return List.copyOf(merged.values());
    }

    /** The prefixes of the pools that networks take addresses from; without pools that NIPAP does not have. */
    public Map<String, List<Prefix>> pools() {
        Instant oldest = world.now().minus(LIST_AGE);
        return pools(name -> pool(name, oldest));
    }

    /** Like {@link #pools}, as last read. */
    public Map<String, List<Prefix>> lastPools() {
        return pools(name -> world.nipap().pool(name).flatMap(Seen::value));
    }

    private Map<String, List<Prefix>> pools(Function<String, Optional<List<Prefix>>> read) {
        Map<String, List<Prefix>> pools = new HashMap<>();
        networks.stream()
                .map(Network::pool)
                .filter(name -> !name.isEmpty())
                .distinct()
                .forEach(name -> read.apply(name).ifPresent(prefixes -> pools.put(name, prefixes)));
        return pools;
    }

    private Optional<List<Prefix>> pool(String name, Instant oldest) {
        Optional<Seen<Optional<List<Prefix>>>> known = world.nipap().pool(name).filter(seen -> seen.since(oldest));
        if (known.isPresent()) {
            return known.get().value();
        }
        Instant began = world.now();
        Optional<List<Prefix>> prefixes = ipam.pool(name);
        world.nipap().poolRead(name, new Seen<>(prefixes, began));
        return prefixes;
    }
}
