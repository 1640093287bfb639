package net.berth.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import net.berth.engine.port.Peer;
import net.berth.engine.port.PeerException;
import net.berth.inmemory.PveCompute;
import net.berth.model.AddressWrite;
import net.berth.model.Guest;
import net.berth.model.Guest.LiveAddress;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.Inventory;
import net.berth.model.MacAddress;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;
import net.berth.plan.GuestEdits;

/** Proxmox in memory, with what a test may do to it. */
public final class FakeCompute extends PveCompute implements PveCompute.State {
    public final Map<GuestId, Guest> guests = new TreeMap<>();
    public final List<AddressWrite> writes = new ArrayList<>();
    public final List<GuestId> images = new ArrayList<>();
    public final Map<GuestId, History> histories = new TreeMap<>();
    public final Set<GuestId> failing = new TreeSet<>();

    public String unsure = "";
    public volatile int reads;
    public volatile int lists;
    /** Called before a guest is read, by whoever reads it. */
    public volatile Runnable onRead = () -> {};

    /** Called when a list is asked for and not made yet, by whoever asks for it. */
    public volatile Runnable beforeList = () -> {};
    /** Called when a list is made and still under way, by whoever asked for it. */
    public volatile Runnable onList = () -> {};

    public volatile int liveAsked;
    public final Map<GuestId, List<LiveAddress>> live = new ConcurrentSkipListMap<>();
    public volatile Function<Guest, List<LiveAddress>> says = guest -> live.getOrDefault(guest.id(), List.of());
    /** Whether all configs are locked by something else, such as a start. */
    public boolean locked;

    public Runnable onWrite = () -> {};
    /** Why writes are refused; empty when they are not. */
    public String refuses = "";

    public String gap = "";
    public boolean down;

    public static GuestId id(GuestType type, int vmid) {
        return new GuestId("home", type, vmid);
    }

    public synchronized GuestId add(GuestType type, int vmid, String name, NicConfig config) {
        GuestId id = id(type, vmid);
        MacAddress mac = new MacAddress("BC:24:11:00:%02X:%02X".formatted(vmid / 256, vmid % 256));
        Nic nic = new Nic(new NicId(id, 0), mac, "vmbr0", 0, config);
        guests.put(
                id,
                new Guest(
                        id,
                        name,
                        "pve1",
                        GuestStatus.STOPPED,
                        Duration.ZERO,
                        false,
                        "",
                        type == GuestType.QEMU ? "uuid-" + vmid : "",
                        type == GuestType.QEMU,
                        "local:snippets/berth-hook",
                        List.of(),
                        List.of(nic)));
        return id;
    }

    /** Adds somebody's own guest, which stays when all others go: an empty list would prove nothing. */
    public void addStranger() {
        change(add(GuestType.LXC, 999, "nas", new NicConfig.Dhcp()), FakeCompute::withoutHook);
    }

    /** Destroys all guests but a stranger's. */
    public synchronized void destroyAll() {
        guests.values().removeIf(guest -> !guest.hookscript().isEmpty());
    }

    public synchronized void change(GuestId id, UnaryOperator<Guest> change) {
        guests.computeIfPresent(id, (key, guest) -> change.apply(guest));
    }

    public synchronized void status(GuestId id, GuestStatus status, Duration uptime) {
        change(id, guest -> GuestEdits.inState(guest, status, uptime));
    }

    public synchronized void rename(GuestId id, String name) {
        change(id, guest -> GuestEdits.named(guest, name));
    }

    public static Guest withoutHook(Guest guest) {
        return GuestEdits.hooked(guest, "");
    }

    @Override
    protected synchronized <T> T call(String what, Supplier<T> effect) {
        if (down) {
            throw new PeerException(Peer.PROXMOX, PeerException.Kind.DOWN, "Proxmox does not answer");
        }
        return effect.get();
    }

    @Override
    protected State pve() {
        return this;
    }

    @Override
    public Optional<Guest> guest(GuestId id) {
        return Optional.ofNullable(guests.get(id));
    }

    @Override
    public boolean busy(GuestId id) {
        return locked;
    }

    @Override
    public synchronized List<Inventory.Entry> list() {
        lists = lists + 1;
        return guests.values().stream().map(PveCompute::entry).toList();
    }

    @Override
    public String gap() {
        return gap;
    }

    @Override
    public void configure(AddressWrite write) {
        writes.add(write);
        onWrite.run();
        change(write.nic().guest(), guest -> GuestEdits.addressed(guest, write));
    }

    @Override
    public Inventory inventory() {
        beforeList.run();
        Inventory made = super.inventory();
        onList.run();
        return made;
    }

    @Override
    public Optional<Guest> read(Inventory.Entry entry) {
        onRead.run();
        return call("", () -> config(entry));
    }

    private synchronized Optional<Guest> config(Inventory.Entry entry) {
        reads = reads + 1;
        if (failing.contains(entry.id())) {
            throw new PeerException(Peer.PROXMOX, PeerException.Kind.GARBLED, "its config cannot be read");
        }
        return super.read(entry);
    }

    @Override
    public Presence presence(GuestId guest, String lastNode) {
        return call("", () -> {
            if (!unsure.isEmpty()) {
                return new Presence.Unknown(unsure);
            }
            return guests.containsKey(guest) ? new Presence.Present() : new Presence.Absent();
        });
    }

    @Override
    public History history(Guest guest) {
        return call("", () -> histories.getOrDefault(guest.id(), History.UNKNOWN));
    }

    @Override
    public List<LiveAddress> live(Guest guest) {
        synchronized (this) {
            liveAsked = liveAsked + 1;
        }
        return says.apply(guest);
    }

    @Override
    protected WriteResult put(AddressWrite write, Guest read) {
        return refuses.isEmpty() ? super.put(write, read) : new WriteResult.Refused(refuses);
    }

    @Override
    protected WriteResult image(GuestId id) {
        images.add(id);
        return super.image(id);
    }
}
