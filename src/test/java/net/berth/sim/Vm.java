package net.berth.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.berth.model.Guest;
import net.berth.model.GuestId;
import net.berth.model.GuestStatus;
import net.berth.model.GuestType;
import net.berth.model.IpAddress;
import net.berth.model.MacAddress;
import net.berth.model.Nic;
import net.berth.model.NicConfig;
import net.berth.model.NicId;

/** One guest as it truly is. */
final class Vm {
    /** Before that a VM has not read its cloud-init image. */
    private static final long FIRMWARE = 8_000;

    private static final long FIRST_START = 60_000;

    final GuestId id;
    final String uuid;
    final boolean cloudInit;
    final Map<Integer, Nic> nics = new TreeMap<>();
    final List<IpAddress> up = new ArrayList<>();
    String name;
    String node;
    boolean running;
    long startedAt;
    long stoppedAt;
    String lock = "";
    /** Whether it is Berth's business: by its hookscript, and by its tag. */
    boolean hook = true;

    /** Its other tags, which may ask for an address. */
    List<String> tags = List.of();
    /** The lock of a start or a stop. */
    boolean busy;

    boolean hasRun;
    /** Whether it ran before its last start. */
    boolean ranBefore;

    private boolean booted;
    /** From a backup: no history of this VM shows that its disk has run but the restore itself. */
    boolean restored;

    long bornAt;
    /** When its NICs or itself last changed in a way that a binding depends on. */
    long movedAt;

    long namedAt;
    /** What a rollback brings back. */
    Map<Integer, Nic> snapshot = Map.of();

    Vm(GuestId id, String name, String node, String uuid, boolean cloudInit, long now) {
        this.id = id;
        this.name = name;
        this.node = node;
        this.uuid = uuid;
        this.cloudInit = cloudInit;
        this.bornAt = now;
        this.movedAt = now;
        this.namedAt = now;
    }

    /** When it last changed in a way that tells it from another machine. */
    long changedAt() {
        return Math.max(movedAt, namedAt);
    }

    Guest guest(long now) {
        return new Guest(
                id,
                name,
                node,
                running ? GuestStatus.RUNNING : GuestStatus.STOPPED,
                running ? Duration.ofSeconds((now - startedAt) / 1000) : Duration.ZERO,
                false,
                lock,
                uuid,
                cloudInit,
                hook ? "local:snippets/berth-hook" : "",
                hook ? Stream.concat(Stream.of("berth"), tags.stream()).toList() : tags,
                List.copyOf(nics.values()));
    }

    void put(int index, MacAddress mac, String bridge, NicConfig config) {
        nics.put(index, new Nic(new NicId(id, index), mac, bridge, 0, config));
    }

    /** Everything of a NIC but where it is plugged in. */
    void configure(int index, NicConfig config) {
        Nic nic = nics.get(index);
        put(index, nic.mac(), nic.bridge(), config);
    }

    boolean takesAddress() {
        return id.type() == GuestType.LXC || cloudInit;
    }

    static Optional<IpAddress> fixed(Nic nic) {
        return nic.config() instanceof NicConfig.Static fixed
                ? Optional.of(fixed.address().address())
                : Optional.empty();
    }

    /** It goes down: a start that ended while the firmware was still busy has not let cloud-init run on its disk. */
    void down(long now) {
        booted |= now - startedAt >= FIRMWARE;
        running = false;
        stoppedAt = now;
        up.clear();
    }

    /** Whether cloud-init has run on its disk; a start that goes on is given more time than it has by promise. */
    boolean hasBooted(long now) {
        return booted || (running && now - startedAt >= FIRST_START);
    }

    /** It is made from a backup of another one, disk and all. */
    void restoredFrom(Vm old, long now) {
        restored = true;
        hasRun = old.hasRun;
        booted = old.hasBooted(now);
    }
}
